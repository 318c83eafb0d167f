package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/gvr"
	kubelib "istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/test"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const (
	domain = "cluster.local"
	// Without this annotation istiod passes over the younger kinds of Gateway API.
	bundleVersionAnnotation = "gateway.networking.k8s.io/bundle-version"
	bundleVersion           = "v1.7.0"
)

// Those that FakeDiscoveryServer does not install itself, or not with the annotation.
var gatewayAPI = []schema.GroupVersionResource{gvr.GRPCRoute, gvr.TCPRoute, gvr.TLSRoute, gvr.BackendTLSPolicy, gvr.ListenerSet}

// start starts istiod in a world of these objects.
func start(t test.Failer, question Question) (*xds.FakeDiscoveryServer, error) {
	configs, kube, err := split(question.Objects)
	if err != nil {
		return nil, err
	}
	meshConfig, err := mesh.ApplyMeshConfigDefaults(question.Mesh)
	if err != nil {
		return nil, fmt.Errorf("cannot read the mesh config: %w", err)
	}
	remotes := map[cluster.ID]string{}
	for id, objects := range question.Remotes {
		// Of other clusters istiod reads no configuration.
		if _, remotes[id], err = split(objects); err != nil {
			return nil, err
		}
	}
	networks := meshwatcher.NewFixedNetworksWatcher(nil)
	if question.Networks != "" {
		parsed, err := mesh.ParseMeshNetworks(question.Networks)
		if err != nil {
			return nil, fmt.Errorf("cannot read the mesh networks: %w", err)
		}
		networks.SetNetworks(parsed)
	}
	var clients []kubelib.Client
	ds := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
		Configs:                         configs,
		DefaultClusterName:              question.Cluster,
		KubernetesObjectString:          kube,
		KubernetesObjectStringByCluster: remotes,
		MeshConfig:                      meshConfig,
		NetworksWatcher:                 networks,
		DisableSecretAuthorization:      true,
		KubeClientModifier: func(made kubelib.Client) {
			clients = append(clients, made)
			define(t, made)
			if err := serveEntries(t, made, question.Objects); err != nil {
				t.Fatal(err)
			}
		},
	})
	// It has replaced the definitions that it installs too, and so lost their annotations.
	for _, client := range clients {
		define(t, client)
	}
	return ds, nil
}

// define installs the definitions of the younger kinds of Gateway API.
func define(t test.Failer, client kubelib.Client) {
	for _, resource := range gatewayAPI {
		clienttest.MakeCRDWithAnnotations(t, client, resource, map[string]string{bundleVersionAnnotation: bundleVersion})
	}
}

// head is what an object is.
type head struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

func (h head) group() string {
	group, _, _ := strings.Cut(h.APIVersion, "/")
	return group
}

// split tells Istio's configuration from what istiod reads from the API server.
func split(objects []json.RawMessage) ([]config.Config, string, error) {
	var configs []config.Config
	var kube []string
	for _, object := range objects {
		var head head
		if err := json.Unmarshal(object, &head); err != nil {
			return nil, "", err
		}
		group := head.group()
		if !strings.HasSuffix(group, ".istio.io") {
			served, err := serve(object, group, head.Kind)
			if err != nil {
				return nil, "", err
			}
			kube = append(kube, string(served))
			continue
		}
		parsed, unknown, err := crd.ParseInputs(string(object))
		if err != nil {
			return nil, "", fmt.Errorf("cannot read %s: %w", head.Kind, err)
		}
		if len(unknown) > 0 {
			return nil, "", fmt.Errorf("istiod does not know the kind %s of %s", head.Kind, head.APIVersion)
		}
		for _, one := range parsed {
			// As the cluster's store has it: short hosts are completed with it.
			one.Domain = domain
			configs = append(configs, one)
		}
	}
	return configs, strings.Join(kube, "\n---\n"), nil
}

// serve gives an object in the version that istiod asks for, as the API server does whatever version was written.
func serve(object json.RawMessage, group, kind string) (json.RawMessage, error) {
	for _, known := range collections.All.All() {
		if known.Group() == group && known.Kind() == kind && group != "" {
			var fields map[string]json.RawMessage
			if err := json.Unmarshal(object, &fields); err != nil {
				return nil, err
			}
			fields["apiVersion"] = json.RawMessage(`"` + group + "/" + known.Version() + `"`)
			return json.Marshal(fields)
		}
	}
	return object, nil
}
