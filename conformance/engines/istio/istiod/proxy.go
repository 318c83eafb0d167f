package main

import (
	"cmp"
	"strings"

	"example.com/engine/objects"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/networking/util"
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
		VerifiedIdentity: &spiffe.Identity{TrustDomain: objects.Domain, Namespace: p.Namespace, ServiceAccount: p.ServiceAccount},
		Metadata:         metadata,
	})
}
