package main

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"

	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/networking/util"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/network"
	"istio.io/istio/pkg/spiffe"
)

// Proxy is a sidecar, or a gateway.
type Proxy struct {
	// Name is that of its pod.
	Name           string            `json:"name"`
	Namespace      string            `json:"namespace"`
	IP             string            `json:"ip"`
	Labels         map[string]string `json:"labels"`
	Annotations    map[string]string `json:"annotations"`
	ServiceAccount string            `json:"serviceAccount"`
	// Gateway says that it is a gateway, and no sidecar.
	Gateway bool `json:"gateway"`
	// Waypoint says that it is a waypoint, or the east-west gateway of an ambient network.
	Waypoint bool `json:"waypoint"`
	// Cluster is the cluster that it runs in; istiod's own by default.
	Cluster cluster.ID `json:"cluster"`
	// Network is the network that it is in.
	Network network.ID `json:"network"`
	// NetworkView are the networks whose endpoints it asks for; all by default.
	NetworkView []string `json:"networkView"`
}

// key tells it from all others of the question.
func (p Proxy) key() string {
	return strings.TrimPrefix(string(p.Cluster)+"/", "/") + p.Namespace + "/" + p.Name
}

// Config is what istiod sends to a proxy.
type Config struct {
	Listeners []json.RawMessage `json:"listeners"`
	Routes    []json.RawMessage `json:"routes"`
	Clusters  []json.RawMessage `json:"clusters"`
	Endpoints []json.RawMessage `json:"endpoints"`
	Secrets   []json.RawMessage `json:"secrets"`
}

// secretName is what names of secrets, and of authorities in a ConfigMap, look like.
var secretName = regexp.MustCompile(`^(kubernetes.*|configmap)://`)

const (
	istioVersion = "1.31.0"
	// localityLabel says where a pod is, in place of the labels of its node, with dots between region, zone and subzone.
	localityLabel = "istio-locality"
	dnsCapture    = "ISTIO_META_DNS_CAPTURE"
)

// setUp makes a proxy known to istiod.
func setUp(ds *xds.FakeDiscoveryServer, p Proxy) *model.Proxy {
	kind := model.SidecarProxy
	if p.Gateway {
		kind = model.Router
	}
	if p.Waypoint {
		kind = model.Waypoint
	}
	metadata := &model.NodeMetadata{
		Namespace: p.Namespace, Labels: p.Labels, Annotations: p.Annotations, ServiceAccount: p.ServiceAccount, IstioVersion: istioVersion,
		ClusterID: cmp.Or(p.Cluster, constants.DefaultClusterName), Network: p.Network, RequestedNetworkView: p.NetworkView,
	}
	// As the injector writes it into the environment of the proxy: of the mesh, of ProxyConfigs, of an annotation.
	metadata.ProxyConfig = (*model.NodeMetaProxyConfig)(ds.PushContext().ProxyConfigs.EffectiveProxyConfig(metadata, ds.Env().Mesh()))
	// As the agent tells it, which reads its environment.
	metadata.DNSCapture = model.StringBool(metadata.ProxyConfig.ProxyMetadata[dnsCapture] == "true")
	return ds.SetupProxy(&model.Proxy{
		Type:             kind,
		ID:               p.Name + "." + p.Namespace,
		ConfigNamespace:  p.Namespace,
		IPAddresses:      []string{p.IP},
		Labels:           p.Labels,
		Locality:         util.ConvertLocality(strings.ReplaceAll(p.Labels[localityLabel], ".", "/")),
		VerifiedIdentity: &spiffe.Identity{TrustDomain: domain, Namespace: p.Namespace, ServiceAccount: p.ServiceAccount},
		Metadata:         metadata,
	})
}

func configOf(ds *xds.FakeDiscoveryServer, p Proxy) (*Config, error) {
	proxy := setUp(ds, p)
	listeners := ds.Listeners(proxy)
	clusters := ds.Clusters(proxy)
	config := &Config{}
	for _, part := range []struct {
		to   *[]json.RawMessage
		from []proto.Message
	}{
		{&config.Listeners, messages(listeners)},
		{&config.Routes, messages(ds.RoutesFromListeners(proxy, listeners))},
		{&config.Clusters, messages(clusters)},
		{&config.Endpoints, messages(ds.Endpoints(proxy))},
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

func messages[T proto.Message](list []T) []proto.Message {
	all := make([]proto.Message, len(list))
	for i, one := range list {
		all[i] = one
	}
	return all
}
