package main

import (
	"sort"
	"sync"
	"time"

	"istio.io/istio/pilot/pkg/config/kube/gateway"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/status"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
)

// Status is what istiod would write into .status of an object.
type Status struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name"`
	Status    any    `json:"status"`
}

// How long nothing may come before istiod has said all, and how long to wait for that.
const (
	quiet    = 300 * time.Millisecond
	patience = 20 * time.Second
)

// recorder takes the place of the API server where istiod writes status.
type recorder struct {
	model.ConfigStore
	mu     sync.Mutex
	last   time.Time
	latest map[string]Status
}

// statusOf lets istiod write its status into a recorder until nothing more comes.
func statusOf(ds *xds.FakeDiscoveryServer, stop <-chan struct{}) []Status {
	r := &recorder{ConfigStore: ds.Store(), last: time.Now(), latest: map[string]Status{}}
	manager := status.NewManager(r)
	manager.Start(stop)
	ds.Env().GatewayAPIController.(*gateway.Controller).SetStatusWrite(true, manager)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline) && !r.isQuiet(); {
		time.Sleep(quiet / 10)
	}
	return r.all()
}

// Get is asked for the object before its status is written: its key is all that is needed.
func (r *recorder) Get(kind config.GroupVersionKind, name, namespace string) *config.Config {
	return &config.Config{Meta: config.Meta{GroupVersionKind: kind, Name: name, Namespace: namespace}}
}

func (r *recorder) UpdateStatus(c config.Config) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = time.Now()
	s := Status{Kind: c.GroupVersionKind.Kind, Namespace: c.Namespace, Name: c.Name, Status: c.Status}
	r.latest[s.Kind+"/"+s.Namespace+"/"+s.Name] = s
	return "", nil
}

func (r *recorder) isQuiet() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Since(r.last) > quiet
}

func (r *recorder) all() []Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	keys := make([]string, 0, len(r.latest))
	for key := range r.latest {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	all := make([]Status, 0, len(keys))
	for _, key := range keys {
		all = append(all, r.latest[key])
	}
	return all
}
