package main

import (
	"encoding/json"
	"sort"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"sigs.k8s.io/yaml"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/validation/agent"
	"istio.io/istio/pkg/util/protomarshal"
)

// meshVerdict is what istiod makes of a mesh configuration.
type meshVerdict struct {
	// Unknown says which field istiod does not know; it would drop it in silence.
	Unknown string `json:"unknown,omitempty"`
	// Error says why istiod does not start with it.
	Error string `json:"error,omitempty"`
	// Warning is what istiod writes into its log.
	Warning string `json:"warning,omitempty"`
	// Written is the configuration as the chart writes it.
	Written any `json:"written"`
	// Read says what of that istiod understands otherwise than it is written, with what it adds.
	Read any `json:"read,omitempty"`
	// set are the fields of MeshConfig that it sets.
	set map[string]bool
}

func judgeMesh(text string) *meshVerdict {
	verdict := &meshVerdict{set: map[string]bool{}}
	if err := yaml.Unmarshal([]byte(text), &verdict.Written); err != nil {
		verdict.Error = err.Error()
		return verdict
	}
	plain := &meshconfig.MeshConfig{}
	if err := protomarshal.ApplyYAMLStrict(text, plain); err != nil {
		verdict.Unknown = err.Error()
	}
	config, err := mesh.ApplyMeshConfigDefaults(text)
	if err != nil {
		verdict.Error = err.Error()
		return verdict
	}
	if warning, err := agent.ValidateMeshConfig(config); err != nil {
		verdict.Error = err.Error()
	} else if warning != nil {
		verdict.Warning = warning.Error()
	}
	if read, err := protomarshal.ToJSON(config); err != nil {
		verdict.Error = err.Error()
	} else if err := json.Unmarshal([]byte(read), &verdict.Read); err != nil {
		verdict.Error = err.Error()
	}
	gather(plain.ProtoReflect(), "", verdict.set)
	return verdict
}

// unset gives the fields of MeshConfig, those deprecated excepted, that no configuration sets.
func unset(verdicts []*meshVerdict) []string {
	all, missing := map[string]bool{}, []string{}
	collect((&meshconfig.MeshConfig{}).ProtoReflect().Descriptor(), "", all, nil)
	for path := range all {
		found := false
		for _, verdict := range verdicts {
			found = found || verdict.set[path]
		}
		if !found {
			missing = append(missing, path)
		}
	}
	sort.Strings(missing)
	return missing
}

// leaf says whether a message counts as a value: google's own, and the settings of TLS, which stand in many places.
func leaf(message protoreflect.MessageDescriptor) bool {
	return message.ParentFile().Package() == "google.protobuf" || message.Name() == "ClientTLSSettings"
}

// collect lists the fields of a message.
func collect(message protoreflect.MessageDescriptor, prefix string, all map[string]bool, above []protoreflect.FullName) {
	for _, name := range above {
		if name == message.FullName() {
			return
		}
	}
	above = append(above, message.FullName())
	for i := 0; i < message.Fields().Len(); i++ {
		field := message.Fields().Get(i)
		if options, _ := field.Options().(*descriptorpb.FieldOptions); options.GetDeprecated() {
			continue
		}
		path := prefix + field.JSONName()
		all[path] = true
		if inner := field.Message(); inner != nil && !field.IsMap() && !leaf(inner) {
			collect(inner, path+".", all, above)
		}
	}
}

// gather lists the fields that are set.
func gather(message protoreflect.Message, prefix string, set map[string]bool) {
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		path := prefix + field.JSONName()
		set[path] = true
		inner := field.Message()
		if inner == nil || field.IsMap() || leaf(inner) {
			return true
		}
		if field.IsList() {
			for i := 0; i < value.List().Len(); i++ {
				gather(value.List().Get(i).Message(), path+".", set)
			}
			return true
		}
		gather(value.Message(), path+".", set)
		return true
	})
}
