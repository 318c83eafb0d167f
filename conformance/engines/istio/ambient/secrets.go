package main

import (
	"regexp"

	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	"istio.io/istio/pilot/pkg/model"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
	"istio.io/istio/pilot/test/xds"
)

// secretName is what names of secrets, and of authorities in a ConfigMap, look like where they are referred to.
var secretName = regexp.MustCompile(`"name":\s*"((?:kubernetes[^":]*|configmap)://[^"]+)"`)

// addSecrets asks for the certificates that the clusters name, as a waypoint does.
func addSecrets(ds *xds.FakeDiscoveryServer, proxy *model.Proxy, config *Config) error {
	watched := &model.WatchedResource{TypeUrl: v3.SecretType, ResourceNames: map[string]struct{}{}}
	for _, text := range config.Clusters {
		for _, found := range secretName.FindAllSubmatch(text, -1) {
			watched.ResourceNames[string(found[1])] = struct{}{}
		}
	}
	resources, _, err := ds.Discovery.Generators[v3.SecretType].Generate(proxy, watched, &model.PushRequest{Forced: true, Push: ds.PushContext()})
	if err != nil {
		return err
	}
	for _, resource := range resources {
		secret := &tls.Secret{}
		if err := resource.Resource.UnmarshalTo(secret); err != nil {
			return err
		}
		if err := add(&config.Secrets, secret); err != nil {
			return err
		}
	}
	return nil
}
