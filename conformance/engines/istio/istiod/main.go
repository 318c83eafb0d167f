// Program istiod says what Istio's control plane makes of a world of objects: the configuration of the proxies
// that are asked about, and the status of the Gateway API objects. It reads one JSON document and writes one.
//
// With the argument "check" it answers one line after the other, with what its webhook refuses and the errors in its log.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"example.com/engine/sent"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/test"
)

// Question is what is read from stdin.
type Question struct {
	// Mesh is Istio's MeshConfig, as YAML.
	Mesh string `json:"mesh"`
	// Objects are all objects of the cluster.
	Objects []json.RawMessage `json:"objects"`
	// Proxies are those whose configuration is wanted.
	Proxies []Proxy `json:"proxies"`
	// Cluster is the name of the cluster that istiod runs in.
	Cluster cluster.ID `json:"cluster"`
	// Remotes are objects of Kubernetes in other clusters, which istiod reads too.
	Remotes map[cluster.ID][]json.RawMessage `json:"remotes"`
	// Networks is Istio's MeshNetworks, as YAML.
	Networks string `json:"networks"`
	// Ambient says that ztunnels are told of services and workloads.
	Ambient bool `json:"ambient"`
}

// Answer is what is written to stdout.
type Answer struct {
	// Proxies has a configuration for each proxy that was asked about, by its cluster, if it has one, its namespace and its name.
	Proxies map[string]*sent.Config `json:"proxies"`
	// Addresses are the services and workloads that ztunnels are told of.
	Addresses []json.RawMessage `json:"addresses,omitempty"`
	// Status is that of each Gateway API object that istiod gave one, in the order of their keys.
	Status []Status `json:"status"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) > 1 && os.Args[1] == "check" {
		logged, err := keepErrors()
		if err != nil {
			return err
		}
		return checkAll(os.Stdin, os.Stdout, logged)
	}
	// What istiod logs is no part of the answer.
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
