// Judges what Prometheus reads, with its own code, offline. Each line on standard input is a question in JSON, and is answered by a line:
//
//	{"rules": TEXT}                        what the loader of rule files refuses
//	{"expressions": [TEXT...]}             what the parser of PromQL refuses
//	{"config": TEXT}                       what the loader of prometheus.yml refuses
//	{"relabelings": TEXT, "targets": [..]} what relabel_configs refuse, and what becomes of targets that are discovered
//	{"rules": TEXT, "series": [..], "evaluate": MINUTES, "queries": [..]}
//	                                       what queries say, and which alerts fire, after rules were evaluated over series of samples
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/config"
	_ "github.com/prometheus/prometheus/discovery/kubernetes"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

type question struct {
	Rules       string              `json:"rules"`
	Expressions []string            `json:"expressions"`
	Config      string              `json:"config"`
	Relabelings string              `json:"relabelings"`
	Targets     []map[string]string `json:"targets"`
	Series      []string            `json:"series"`
	Evaluate    int                 `json:"evaluate"`
	Queries     []string            `json:"queries"`
}

type answer struct {
	Errors []string `json:"errors"`
	// The jobs of a configuration.
	Jobs []string `json:"jobs,omitempty"`
	// The labels of each target after relabelling; null is dropped.
	Targets []map[string]string `json:"targets,omitempty"`
	// What each query says, by the labels of its series.
	Values map[string]map[string]string `json:"values,omitempty"`
	// The alerts that fire.
	Firing []string `json:"firing,omitempty"`
}

var expressions = parser.NewParser(parser.Options{})

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<30)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var q question
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := out.Encode(judge(q)); err != nil {
			os.Exit(1)
		}
	}
}

func judge(q question) answer {
	a := answer{Errors: []string{}}
	refuse := func(err error) {
		if err != nil {
			a.Errors = append(a.Errors, err.Error())
		}
	}
	for _, text := range q.Expressions {
		if _, err := expressions.ParseExpr(text); err != nil {
			refuse(fmt.Errorf("%w in %q", err, text))
		}
	}
	if q.Config != "" {
		c, err := config.Load(q.Config, slog.New(slog.DiscardHandler))
		refuse(err)
		if err == nil {
			for _, job := range c.ScrapeConfigs {
				a.Jobs = append(a.Jobs, job.JobName)
			}
		}
	}
	if q.Relabelings != "" {
		targets, err := relabelled(q.Relabelings, q.Targets)
		refuse(err)
		a.Targets = targets
	}
	if q.Rules != "" {
		_, errs := rulefmt.Parse([]byte(q.Rules), false, model.UTF8Validation, expressions)
		for _, err := range errs {
			refuse(err)
		}
		if len(errs) == 0 && len(q.Series) > 0 {
			values, firing, err := evaluated(q)
			refuse(err)
			a.Values, a.Firing = values, firing
		}
	}
	return a
}
