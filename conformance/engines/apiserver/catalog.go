package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	apiext "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// The two channels of Gateway API define the same kinds, so only one of them is installed.
var channelBundles = map[string]string{
	"standard":     "gateway-api-standard",
	"experimental": "gateway-api-experimental",
}

// kind is a served version of a kind, ready to judge objects.
type kind struct {
	apiVersion string
	name       string
	namespaced bool
	hasStatus  bool
	scale      *apiext.CustomResourceSubresourceScale
	structural *structuralschema.Structural
	schema     validation.SchemaValidator
	rules      *cel.Validator
}

type definition struct {
	crd     *apiextv1.CustomResourceDefinition
	version *apiextv1.CustomResourceDefinitionVersion
}

// catalog compiles a kind when its first object comes, as the API server does with the first request.
type catalog struct {
	definitions map[string]definition
	kinds       map[string]*kind
	// bareRules drops the messages of rules, so that an error names the rule itself.
	bareRules bool
}

func loadCatalog(dir, channel string, bareRules bool) (*catalog, error) {
	if channelBundles[channel] == "" {
		return nil, fmt.Errorf("channel must be standard or experimental, got %q", channel)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	c := &catalog{definitions: map[string]definition{}, kinds: map[string]*kind{}, bareRules: bareRules}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		bundle := struct {
			Bundle      string                               `json:"bundle"`
			Definitions []*apiextv1.CustomResourceDefinition `json:"definitions"`
		}{}
		if err := json.Unmarshal(data, &bundle); err != nil || bundle.Definitions == nil || c.isOtherChannel(bundle.Bundle, channel) {
			continue
		}
		for _, crd := range bundle.Definitions {
			// The kinds of Kubernetes itself are no custom resources.
			if crd.Kind != "CustomResourceDefinition" {
				continue
			}
			for i := range crd.Spec.Versions {
				version := &crd.Spec.Versions[i]
				c.definitions[crd.Spec.Group+"/"+version.Name+"/"+crd.Spec.Names.Kind] = definition{crd, version}
			}
		}
	}
	if len(c.definitions) == 0 {
		return nil, fmt.Errorf("no bundle of definitions in %q", dir)
	}
	return c, nil
}

func (c *catalog) isOtherChannel(bundle, channel string) bool {
	for name, other := range channelBundles {
		if other == bundle {
			return name != channel
		}
	}
	return false
}

// kind finds a kind; nil when no definition serves it.
func (c *catalog) kind(apiVersion, name string) (*kind, error) {
	key := apiVersion + "/" + name
	if k := c.kinds[key]; k != nil {
		return k, nil
	}
	d, ok := c.definitions[key]
	if !ok {
		return nil, nil
	}
	k, err := compile(d, c.bareRules)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	c.kinds[key] = k
	return k, nil
}

func compile(d definition, bareRules bool) (*kind, error) {
	schema := &apiext.JSONSchemaProps{}
	if err := apiextv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(d.version.Schema.OpenAPIV3Schema, schema, nil); err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(schema)
	if err != nil {
		return nil, err
	}
	structural = structural.DeepCopy()
	if err := defaulting.PruneDefaults(structural); err != nil {
		return nil, err
	}
	if bareRules {
		dropMessages(structural)
	}
	validator, _, err := validation.NewSchemaValidator(schema)
	if err != nil {
		return nil, err
	}
	k := &kind{
		apiVersion: d.crd.Spec.Group + "/" + d.version.Name,
		name:       d.crd.Spec.Names.Kind,
		namespaced: d.crd.Spec.Scope == apiextv1.NamespaceScoped,
		structural: structural,
		schema:     validator,
		rules:      cel.NewValidator(structural, true, celconfig.PerCallLimit),
	}
	if sub := d.version.Subresources; sub != nil {
		k.hasStatus = sub.Status != nil
		if sub.Scale != nil {
			k.scale = &apiext.CustomResourceSubresourceScale{
				SpecReplicasPath: sub.Scale.SpecReplicasPath, StatusReplicasPath: sub.Scale.StatusReplicasPath, LabelSelectorPath: sub.Scale.LabelSelectorPath,
			}
		}
	}
	return k, nil
}
