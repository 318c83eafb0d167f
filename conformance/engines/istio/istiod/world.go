package main

import (
	"fmt"

	"example.com/engine/objects"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/config/schema/gvr"
	kubelib "istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/test"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const (
	// Without this annotation istiod passes over the younger kinds of Gateway API.
	bundleVersionAnnotation = "gateway.networking.k8s.io/bundle-version"
	bundleVersion           = "v1.7.0"
)

// Those that FakeDiscoveryServer does not install itself, or not with the annotation.
var gatewayAPI = []schema.GroupVersionResource{gvr.GRPCRoute, gvr.TCPRoute, gvr.TLSRoute, gvr.BackendTLSPolicy, gvr.ListenerSet}

// start starts istiod in a world of these objects.
func start(t test.Failer, question Question) (*xds.FakeDiscoveryServer, error) {
	configs, kube, err := objects.Split(question.Objects, false)
	if err != nil {
		return nil, err
	}
	meshConfig, err := mesh.ApplyMeshConfigDefaults(question.Mesh)
	if err != nil {
		return nil, fmt.Errorf("cannot read the mesh config: %w", err)
	}
	remotes := map[cluster.ID]string{}
	for id, remote := range question.Remotes {
		// Of other clusters istiod reads no configuration.
		if _, remotes[id], err = objects.Split(remote, false); err != nil {
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
