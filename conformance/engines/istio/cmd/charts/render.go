package main

import (
	"encoding/json"
	"fmt"
	"sort"

	"istio.io/istio/operator/pkg/helm"
	"istio.io/istio/operator/pkg/manifest"
	"istio.io/istio/operator/pkg/values"
)

// directories of charts, by the names under which they are published.
var directories = map[string]string{
	"base":    "base",
	"istiod":  "istio-control/istio-discovery",
	"cni":     "istio-cni",
	"ztunnel": "ztunnel",
	"gateway": "gateway",
}

// release is a chart with its values.
type release struct {
	Chart     string         `json:"chart"`
	Name      string         `json:"name"`
	Namespace string         `json:"namespace"`
	Values    map[string]any `json:"values"`
}

// question asks what releases come to.
type question struct {
	Releases []release `json:"releases"`
}

// rendered is what a release comes to.
type rendered struct {
	Release string `json:"release"`
	// Error says why the chart cannot be rendered with the values.
	Error string `json:"error,omitempty"`
	// Warnings of the chart, of values that it does not like.
	Warnings []string `json:"warnings,omitempty"`
	// Objects that are made: kind, namespace and name.
	Objects []string `json:"objects"`
	// Mesh is what istiod makes of the mesh configuration.
	Mesh *meshVerdict `json:"mesh,omitempty"`
	// Environment of the main container of a workload.
	Environment map[string]string `json:"environment,omitempty"`
	// Authority is what the injector tells proxies of who signs, where it is not istiod.
	Authority map[string]any `json:"authority,omitempty"`
}

// told are the variables that values are for.
var told = []string{
	"PILOT_ENABLE_AMBIENT", "REVISION", "CLUSTER_ID", "NETWORK", "XDS_ADDRESS", "EXAMPLE", "CA_ADDRESS", "ENABLE_CA_SERVER", "EXTERNAL_CA",
	"CERT_SIGNER_DOMAIN", "CITADEL_SELF_SIGNED_CA_CERT_TTL", "CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE", "DEFAULT_WORKLOAD_CERT_TTL", "MAX_WORKLOAD_CERT_TTL",
}

type answer struct {
	Releases []rendered `json:"releases"`
	// Unset are the fields of MeshConfig that no release sets.
	Unset []string `json:"unset"`
}

func (q question) answer() answer {
	a := answer{Releases: []rendered{}}
	var verdicts []*meshVerdict
	for _, r := range q.Releases {
		out := r.render()
		if out.Mesh != nil {
			verdicts = append(verdicts, out.Mesh)
		}
		a.Releases = append(a.Releases, out)
	}
	a.Unset = unset(verdicts)
	return a
}

func (r release) render() rendered {
	out := rendered{Release: r.Name, Objects: []string{}}
	directory, found := directories[r.Chart]
	if !found {
		out.Error = fmt.Sprintf("no chart %q", r.Chart)
		return out
	}
	values := values.Map{"spec": map[string]any{"values": r.Values}}
	manifests, warnings, err := helm.Render(r.Name, r.Namespace, directory, values, nil)
	if err != nil {
		out.Error = err.Error()
		return out
	}
	for _, warning := range warnings {
		out.Warnings = append(out.Warnings, warning.Error())
	}
	for _, m := range manifests {
		out.Objects = append(out.Objects, fmt.Sprintf("%s %s/%s", m.GetKind(), m.GetNamespace(), m.GetName()))
		out.read(m)
	}
	sort.Strings(out.Objects)
	return out
}

// read looks for what the values are for.
func (out *rendered) read(m manifest.Manifest) {
	switch m.GetKind() {
	case "ConfigMap":
		data, _ := m.Object["data"].(map[string]any)
		if yaml, found := data["mesh"].(string); found {
			out.Mesh = judgeMesh(yaml)
		}
		if text, found := data["values"].(string); found {
			out.Authority = authorityOf(text)
		}
	case "Deployment", "DaemonSet":
		for _, name := range told {
			if value, found := environmentOf(m.Object, name); found {
				if out.Environment == nil {
					out.Environment = map[string]string{}
				}
				out.Environment[name] = value
			}
		}
	}
}

func environmentOf(workload map[string]any, name string) (string, bool) {
	step := func(at any, key string) any {
		fields, _ := at.(map[string]any)
		return fields[key]
	}
	containers, _ := step(step(step(step(workload, "spec"), "template"), "spec"), "containers").([]any)
	for _, container := range containers {
		variables, _ := step(container, "env").([]any)
		for _, variable := range variables {
			if step(variable, "name") == name {
				value, found := step(variable, "value").(string)
				return value, found
			}
		}
	}
	return "", false
}

func authorityOf(values string) map[string]any {
	var said struct {
		Global map[string]any `json:"global"`
	}
	if err := json.Unmarshal([]byte(values), &said); err != nil {
		return map[string]any{"error": err.Error()}
	}
	authority := map[string]any{}
	for _, name := range []string{"caAddress", "pilotCertProvider"} {
		if value, found := said.Global[name].(string); found && value != "" && value != "istiod" {
			authority[name] = value
		}
	}
	return authority
}
