// Package sent is what istiod sends to a proxy.
package sent

import (
	"encoding/json"
	"regexp"

	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"istio.io/istio/pilot/pkg/model"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
	"istio.io/istio/pilot/test/xds"
)

// Config is that, as protojson.
type Config struct {
	Listeners []json.RawMessage `json:"listeners"`
	Routes    []json.RawMessage `json:"routes"`
	Clusters  []json.RawMessage `json:"clusters"`
	Endpoints []json.RawMessage `json:"endpoints"`
	Secrets   []json.RawMessage `json:"secrets"`
}

// secretName is what names of secrets, and of authorities in a ConfigMap, look like.
var secretName = regexp.MustCompile(`^(kubernetes.*|configmap)://`)

// ConfigOf asks for all that a proxy asks for.
func ConfigOf(ds *xds.FakeDiscoveryServer, proxy *model.Proxy) (*Config, error) {
	listeners := ds.Listeners(proxy)
	clusters := ds.Clusters(proxy)
	config := &Config{}
	for _, part := range []struct {
		to   *[]json.RawMessage
		from []proto.Message
	}{
		{&config.Listeners, Messages(listeners)},
		{&config.Routes, Messages(ds.RoutesFromListeners(proxy, listeners))},
		{&config.Clusters, Messages(clusters)},
		{&config.Endpoints, Messages(ds.Endpoints(proxy))},
	} {
		for _, message := range part.from {
			text, err := protojson.Marshal(message)
			if err != nil {
				return nil, err
			}
			*part.to = append(*part.to, text)
		}
	}
	secrets, err := secretsOf(ds, proxy, config)
	config.Secrets = secrets
	return config, err
}

// secretsOf asks for the certificates that the configuration names, as a proxy does.
func secretsOf(ds *xds.FakeDiscoveryServer, proxy *model.Proxy, config *Config) ([]json.RawMessage, error) {
	names := map[string]bool{}
	for _, list := range [][]json.RawMessage{config.Listeners, config.Clusters} {
		for _, text := range list {
			var message any
			if err := json.Unmarshal(text, &message); err != nil {
				return nil, err
			}
			collect(message, names)
		}
	}
	watched := &model.WatchedResource{TypeUrl: v3.SecretType, ResourceNames: map[string]struct{}{}}
	for name := range names {
		watched.ResourceNames[name] = struct{}{}
	}
	resources, _, err := ds.Discovery.Generators[v3.SecretType].Generate(proxy, watched, &model.PushRequest{Forced: true, Push: ds.PushContext()})
	if err != nil {
		return nil, err
	}
	var secrets []json.RawMessage
	for _, resource := range resources {
		secret := &tls.Secret{}
		if err := resource.Resource.UnmarshalTo(secret); err != nil {
			return nil, err
		}
		text, err := protojson.Marshal(secret)
		if err != nil {
			return nil, err
		}
		secrets = append(secrets, text)
	}
	return secrets, nil
}

// collect finds the names that look like those of secrets in the cluster.
func collect(value any, names map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		if name, ok := v["name"].(string); ok && secretName.MatchString(name) {
			names[name] = true
		}
		for _, inner := range v {
			collect(inner, names)
		}
	case []any:
		for _, inner := range v {
			collect(inner, names)
		}
	}
}

// Messages gives a list of messages of one type as one of any.
func Messages[T proto.Message](list []T) []proto.Message {
	all := make([]proto.Message, len(list))
	for i, one := range list {
		all[i] = one
	}
	return all
}
