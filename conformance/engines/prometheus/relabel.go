package main

import (
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"
	"go.yaml.in/yaml/v2"
)

// relabelled applies relabel_configs to the labels of targets as discovery gives them.
func relabelled(text string, targets []map[string]string) ([]map[string]string, error) {
	var configs []*relabel.Config
	if err := yaml.UnmarshalStrict([]byte(text), &configs); err != nil {
		return nil, err
	}
	for _, c := range configs {
		if err := c.Validate(model.UTF8Validation); err != nil {
			return nil, err
		}
	}
	var out []map[string]string
	for _, target := range targets {
		b := labels.NewBuilder(labels.FromMap(target))
		if !relabel.ProcessBuilder(b, configs...) {
			out = append(out, nil)
			continue
		}
		out = append(out, b.Labels().Map())
	}
	return out, nil
}
