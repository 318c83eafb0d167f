package main

import (
	"encoding/json"

	"example.com/engine/objects"
	"github.com/hashicorp/go-multierror"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/config/validation"
)

// Finding is what is said of an object.
type Finding struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Says      string `json:"says"`
}

// admit says why istiod's validating webhook refuses an object, or of what it warns; it knows the kinds of Istio only.
func admit(object json.RawMessage) (*Finding, []Finding, error) {
	var kind crd.IstioKind
	if err := json.Unmarshal(object, &kind); err != nil {
		return nil, nil, err
	}
	finding := func(says string) Finding {
		return Finding{Kind: kind.Kind, Namespace: kind.Namespace, Name: kind.Name, Says: says}
	}
	gvk := kind.GroupVersionKind()
	schema, known := collections.Istio.FindByGroupKind(resource.FromKubernetesGVK(&gvk))
	if !known {
		return nil, nil, nil
	}
	converted, err := crd.ConvertObject(schema, &kind, objects.Domain)
	if err != nil {
		refused := finding(err.Error())
		return &refused, nil, nil
	}
	warnings, err := schema.ValidateConfig(*converted)
	if err != nil {
		refused := finding(err.Error())
		return &refused, nil, nil
	}
	var warned []Finding
	for _, text := range texts(warnings) {
		warned = append(warned, finding(text))
	}
	return nil, warned, nil
}

func texts(warning validation.Warning) []string {
	if warning == nil {
		return nil
	}
	several, ok := warning.(*multierror.Error)
	if !ok {
		return []string{warning.Error()}
	}
	var all []string
	for _, err := range several.Errors {
		all = append(all, err.Error())
	}
	return all
}
