// Program ambient says what Istio's control plane tells the proxies of an ambient mesh: of each workload, by which waypoint it is called and which policies
// the proxy of its node enforces; these policies; the configuration of waypoints. It reads one JSON document and writes one.
//
// It needs PILOT_ENABLE_AMBIENT in its environment.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"example.com/engine/objects"
	"example.com/engine/sent"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/spiffe"
	"istio.io/istio/pkg/test"
)

const (
	clusterID    = "Kubernetes"
	istioVersion = "1.31.0"
)

// Question is what is read from stdin.
type Question struct {
	// Mesh is Istio's MeshConfig, as YAML.
	Mesh string `json:"mesh"`
	// Objects are all objects of the cluster.
	Objects []json.RawMessage `json:"objects"`
	// Waypoints are those whose configuration is wanted.
	Waypoints []Waypoint `json:"waypoints"`
}

// Waypoint is the pod of a waypoint.
type Waypoint struct {
	Name           string            `json:"name"`
	Namespace      string            `json:"namespace"`
	IP             string            `json:"ip"`
	Labels         map[string]string `json:"labels"`
	ServiceAccount string            `json:"serviceAccount"`
}

// Answer is what is written to stdout.
type Answer struct {
	// Addresses are the services and workloads of which ztunnels know, as protojson.
	Addresses []json.RawMessage `json:"addresses"`
	// Policies are those that ztunnels enforce.
	Policies []json.RawMessage `json:"policies"`
	// Waypoints has a configuration for each that was asked about, as namespace/name.
	Waypoints map[string]*sent.Config `json:"waypoints"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	options := log.DefaultOptions()
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	if err := log.Configure(options); err != nil {
		return err
	}
	var question Question
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		return fmt.Errorf("cannot read the question: %w", err)
	}
	var answer *Answer
	var failure error
	if err := test.Wrap(func(t test.Failer) { answer, failure = ask(t, question) }); err != nil {
		return err
	}
	if failure != nil {
		return failure
	}
	return json.NewEncoder(os.Stdout).Encode(answer)
}

func ask(t test.Failer, question Question) (*Answer, error) {
	configs, kube, err := objects.Split(question.Objects, true)
	if err != nil {
		return nil, err
	}
	meshConfig, err := mesh.ApplyMeshConfigDefaults(question.Mesh)
	if err != nil {
		return nil, fmt.Errorf("cannot read the mesh config: %w", err)
	}
	ds := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
		Configs: configs, KubernetesObjectString: kube, MeshConfig: meshConfig, DisableSecretAuthorization: true,
	})
	answer := &Answer{Waypoints: map[string]*sent.Config{}}
	all := ds.AmbientIndex.All()
	slices.SortFunc(all, func(a, b model.AddressInfo) int { return strings.Compare(a.ResourceName(), b.ResourceName()) })
	for _, address := range all {
		if err := add(&answer.Addresses, address.Address); err != nil {
			return nil, err
		}
	}
	policies := ds.AmbientIndex.Policies(nil)
	slices.SortFunc(policies, func(a, b model.WorkloadAuthorization) int { return strings.Compare(a.ResourceName(), b.ResourceName()) })
	for _, policy := range policies {
		if err := add(&answer.Policies, policy.Authorization); err != nil {
			return nil, err
		}
	}
	for _, waypoint := range question.Waypoints {
		config, err := sent.ConfigOf(ds, setUp(ds, waypoint))
		if err != nil {
			return nil, fmt.Errorf("cannot make the configuration of waypoint %s: %w", waypoint.Name, err)
		}
		answer.Waypoints[waypoint.Namespace+"/"+waypoint.Name] = config
	}
	return answer, nil
}

// setUp makes a waypoint known to istiod.
func setUp(ds *xds.FakeDiscoveryServer, w Waypoint) *model.Proxy {
	metadata := &model.NodeMetadata{
		Namespace: w.Namespace, Labels: w.Labels, ServiceAccount: w.ServiceAccount, IstioVersion: istioVersion, ClusterID: clusterID,
	}
	metadata.ProxyConfig = (*model.NodeMetaProxyConfig)(ds.PushContext().ProxyConfigs.EffectiveProxyConfig(metadata, ds.Env().Mesh()))
	return ds.SetupProxy(&model.Proxy{
		Type: model.Waypoint, ID: w.Name + "." + w.Namespace, ConfigNamespace: w.Namespace, IPAddresses: []string{w.IP}, Labels: w.Labels,
		VerifiedIdentity: &spiffe.Identity{TrustDomain: objects.Domain, Namespace: w.Namespace, ServiceAccount: w.ServiceAccount},
		Metadata:         metadata,
	})
}

func add(to *[]json.RawMessage, message proto.Message) error {
	text, err := protojson.Marshal(message)
	if err == nil {
		*to = append(*to, text)
	}
	return err
}
