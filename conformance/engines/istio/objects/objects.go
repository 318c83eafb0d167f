// Package objects reads the objects of a cluster as istiod does.
package objects

import (
	"encoding/json"
	"fmt"
	"strings"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/collections"
)

// Domain is that of the names of Services.
const Domain = "cluster.local"

// Served gives an object in the version that istiod asks for, as the API server does whatever version was written.
func Served(object json.RawMessage) (json.RawMessage, error) {
	head, err := headOf(object)
	if err != nil {
		return nil, err
	}
	for _, known := range collections.All.All() {
		if known.Group() == head.group() && known.Kind() == head.Kind && head.group() != "" {
			var fields map[string]json.RawMessage
			if err := json.Unmarshal(object, &fields); err != nil {
				return nil, err
			}
			fields["apiVersion"] = json.RawMessage(`"` + head.group() + "/" + known.Version() + `"`)
			return json.Marshal(fields)
		}
	}
	return object, nil
}

// Split tells Istio's configuration from what istiod reads from the API server, which is all for the index of ambient.
func Split(objects []json.RawMessage, all bool) ([]config.Config, string, error) {
	var configs []config.Config
	var kube []string
	for _, object := range objects {
		head, err := headOf(object)
		if err != nil {
			return nil, "", err
		}
		isIstio := strings.HasSuffix(head.group(), ".istio.io")
		if all || !isIstio {
			served, err := Served(object)
			if err != nil {
				return nil, "", err
			}
			kube = append(kube, string(served))
		}
		if !isIstio {
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
			one.Domain = Domain
			configs = append(configs, one)
		}
	}
	return configs, strings.Join(kube, "\n---\n"), nil
}

// head is what an object is.
type head struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

func headOf(object json.RawMessage) (head, error) {
	var h head
	return h, json.Unmarshal(object, &h)
}

func (h head) group() string {
	group, _, _ := strings.Cut(h.APIVersion, "/")
	return group
}
