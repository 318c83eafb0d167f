package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

	corev1 "k8s.io/api/core/v1"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/kube/inject"
)

// readConfig reads the templates of an installation, as istiod does from its ConfigMaps.
func readConfig(file string) (*inject.WebhookConfig, error) {
	manifests, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var templates, meshConfig map[string]string
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(manifests)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		var config corev1.ConfigMap
		if yaml.Unmarshal(document, &config) != nil || config.Kind != "ConfigMap" {
			continue
		}
		if _, found := config.Data["config"]; found {
			templates = config.Data
		} else if _, found := config.Data["mesh"]; found {
			meshConfig = config.Data
		}
	}
	if templates == nil || meshConfig == nil {
		return nil, errors.New("no templates or no mesh configuration in it")
	}
	config, err := inject.UnmarshalConfig([]byte(templates["config"]))
	if err != nil {
		return nil, err
	}
	values, err := inject.NewValuesConfig(templates["values"])
	if err != nil {
		return nil, err
	}
	settings, err := mesh.ApplyMeshConfigDefaults(meshConfig["mesh"])
	if err != nil {
		return nil, err
	}
	return &inject.WebhookConfig{Templates: config.Templates, Values: values, MeshConfig: settings}, nil
}
