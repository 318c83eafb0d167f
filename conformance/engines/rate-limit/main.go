// Answers, line by line, what Envoy's rate limit service answers: its own reader of configuration, with counters in memory in place of Redis.
package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	pb "github.com/envoyproxy/go-control-plane/envoy/service/ratelimit/v3"
	"github.com/envoyproxy/ratelimit/src/config"
	"github.com/envoyproxy/ratelimit/src/settings"
	"github.com/envoyproxy/ratelimit/src/stats"
	gostats "github.com/lyft/gostats"
	"google.golang.org/protobuf/proto"
)

// A question: the configuration files by their names, which come first, or a RateLimitRequest.
type question struct {
	Files   map[string]string `json:"files"`
	Request string            `json:"request"`
}

// An answer: a RateLimitResponse, or what is wrong.
type answer struct {
	Response string `json:"response,omitempty"`
	Error    string `json:"error,omitempty"`
}

type service struct {
	limits config.RateLimitConfig
	counts map[string]uint32
}

func main() {
	s := &service{counts: map[string]uint32{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		if err := out.Encode(s.answer(lines.Bytes())); err != nil {
			panic(err)
		}
	}
}

func (s *service) answer(line []byte) (a answer) {
	// The reader says by a panic what it does not take.
	defer func() {
		if reason := recover(); reason != nil {
			a = answer{Error: fmt.Sprint(reason)}
		}
	}()
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		return answer{Error: err.Error()}
	}
	if q.Files != nil {
		s.load(q.Files)
		return answer{}
	}
	message, err := base64.StdEncoding.DecodeString(q.Request)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var request pb.RateLimitRequest
	if err := proto.Unmarshal(message, &request); err != nil {
		return answer{Error: err.Error()}
	}
	response, err := proto.Marshal(s.decide(&request))
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Response: base64.StdEncoding.EncodeToString(response)}
}

func (s *service) load(files map[string]string) {
	manager := stats.NewStatManager(gostats.NewStore(gostats.NewNullSink(), false), settings.Settings{})
	var read []config.RateLimitConfigToLoad
	for name, text := range files {
		read = append(read, config.RateLimitConfigToLoad{Name: name, ConfigYaml: config.ConfigFileContentToYaml(name, text)})
	}
	s.limits = config.NewRateLimitConfigImpl(read, manager, false)
}

// Every descriptor counts; one that is over its limit is enough to refuse.
func (s *service) decide(request *pb.RateLimitRequest) *pb.RateLimitResponse {
	response := &pb.RateLimitResponse{OverallCode: pb.RateLimitResponse_OK}
	for _, descriptor := range request.Descriptors {
		status := &pb.RateLimitResponse_DescriptorStatus{Code: pb.RateLimitResponse_OK}
		if limit := s.limits.GetLimit(context.Background(), request.Domain, descriptor); limit != nil && !limit.Unlimited {
			window := time.Now().Unix() / seconds(limit.Limit.Unit)
			key := []string{request.Domain, limit.Limit.Unit.String(), fmt.Sprint(window)}
			for _, entry := range descriptor.Entries {
				key = append(key, entry.Key, entry.Value)
			}
			counter := strings.Join(key, "\x00")
			s.counts[counter] += max(1, request.HitsAddend)
			status.CurrentLimit = limit.Limit
			if s.counts[counter] > limit.Limit.RequestsPerUnit {
				status.Code = pb.RateLimitResponse_OVER_LIMIT
				response.OverallCode = pb.RateLimitResponse_OVER_LIMIT
			}
		}
		response.Statuses = append(response.Statuses, status)
	}
	return response
}

func seconds(unit pb.RateLimitResponse_RateLimit_Unit) int64 {
	switch unit {
	case pb.RateLimitResponse_RateLimit_SECOND:
		return 1
	case pb.RateLimitResponse_RateLimit_MINUTE:
		return 60
	case pb.RateLimitResponse_RateLimit_HOUR:
		return 60 * 60
	case pb.RateLimitResponse_RateLimit_DAY:
		return 24 * 60 * 60
	default:
		panic("unit " + unit.String() + " is not counted here")
	}
}
