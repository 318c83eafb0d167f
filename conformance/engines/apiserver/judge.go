package main

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	metavalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// problem is an error as the API server reports it, and the stage that found it.
type problem struct {
	Stage    string      `json:"stage"`
	Type     string      `json:"type"`
	Field    string      `json:"field"`
	Detail   string      `json:"detail"`
	BadValue interface{} `json:"badValue,omitempty"`
}

// verdict on one object.
type verdict struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Name       string    `json:"name"`
	Known      bool      `json:"known"`
	Errors     []problem `json:"errors"`
	Unknown    []string  `json:"unknown"`
	Passed     []string  `json:"passed,omitempty"`
}

func (v *verdict) clean() bool {
	return v.Known && len(v.Errors) == 0 && len(v.Unknown) == 0
}

func (v *verdict) add(stage string, errs field.ErrorList) {
	for _, err := range errs {
		p := problem{Stage: stage, Type: string(err.Type), Field: strings.TrimPrefix(err.Field, "."), Detail: err.Detail}
		switch value := err.BadValue.(type) {
		case string, bool, int, int64, float64:
			p.BadValue = value
		}
		v.Errors = append(v.Errors, p)
	}
}

// judge says what a create with strict field validation says, in the order of the API server: decode, prune, default, validate.
func (c *catalog) judge(obj map[string]interface{}) verdict {
	apiVersion, _, _ := unstructured.NestedString(obj, "apiVersion")
	kindName, _, _ := unstructured.NestedString(obj, "kind")
	v := verdict{APIVersion: apiVersion, Kind: kindName, Errors: []problem{}, Unknown: []string{}}
	v.Name, _, _ = unstructured.NestedString(obj, "metadata", "name")
	k, err := c.kind(apiVersion, kindName)
	if err != nil {
		v.Errors = append(v.Errors, problem{Stage: "definition", Type: "FieldValueInvalid", Detail: err.Error()})
		return v
	}
	if k == nil {
		return v
	}
	v.Known = true
	unknown, err := k.decode(obj)
	sort.Strings(unknown)
	v.Unknown = append(v.Unknown, unknown...)
	if err != nil {
		v.Errors = append(v.Errors, problem{Stage: "decode", Type: "BadRequest", Field: decodedField(err), Detail: err.Error()})
		return v
	}
	u := &unstructured.Unstructured{Object: obj}
	k.prepare(u)
	k.validate(u, &v)
	// Rules run over maps, whose order Go shuffles.
	sort.SliceStable(v.Errors, func(i, j int) bool {
		a, b := v.Errors[i], v.Errors[j]
		return a.Field < b.Field || (a.Field == b.Field && a.Detail < b.Detail)
	})
	if c.bareRules && v.clean() {
		v.Passed = rulesOf(k.structural, obj)
	}
	return v
}

// decode does what the decoder of custom resources does to a fresh object.
func (k *kind) decode(obj map[string]interface{}) ([]string, error) {
	meta, found, unknown, err := objectmeta.GetObjectMetaWithOptions(obj, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, err
	}
	unknown = append(unknown, pruning.PruneWithOptions(obj, k.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	defaulting.PruneNonNullableNullsWithoutDefaults(obj, k.structural)
	coerceErr, paths := objectmeta.CoerceWithOptions(nil, obj, k.structural, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if coerceErr != nil {
		return unknown, coerceErr
	}
	unknown = append(unknown, paths...)
	obj["apiVersion"], obj["kind"] = k.apiVersion, k.name
	if found {
		if err := objectmeta.SetObjectMeta(obj, meta); err != nil {
			return unknown, err
		}
	}
	defaulting.Default(obj, k.structural)
	return unknown, nil
}

// prepare fills in what the server and kubectl fill in: the namespace, a generated name, and no status.
func (k *kind) prepare(u *unstructured.Unstructured) {
	if !k.namespaced {
		u.SetNamespace(metav1.NamespaceNone)
	} else if u.GetNamespace() == "" {
		u.SetNamespace(metav1.NamespaceDefault)
	}
	if u.GetName() == "" && u.GetGenerateName() != "" {
		base := u.GetGenerateName()
		u.SetName(base[:min(len(base), 58)] + "xxxxx")
	}
	if k.hasStatus {
		delete(u.Object, "status")
	}
	u.SetGeneration(1)
	// The server writes managed fields anew, and leaves out owners that are told twice, before it validates.
	u.SetManagedFields(nil)
	if owners := u.GetOwnerReferences(); len(owners) > 1 {
		u.SetOwnerReferences(distinct(owners))
	}
}

func distinct(owners []metav1.OwnerReference) []metav1.OwnerReference {
	var found []metav1.OwnerReference
	for _, owner := range owners {
		if !slices.ContainsFunc(found, func(other metav1.OwnerReference) bool { return reflect.DeepEqual(owner, other) }) {
			found = append(found, owner)
		}
	}
	return found
}

func (k *kind) validate(u *unstructured.Unstructured, v *verdict) {
	var all field.ErrorList
	add := func(stage string, errs field.ErrorList) {
		v.add(stage, errs)
		all = append(all, errs...)
	}
	add("metadata", metavalidation.ValidateObjectMetaAccessor(u, k.namespaced, metavalidation.NameIsDNSSubdomain, field.NewPath("metadata")))
	add("schema", validation.ValidateCustomResource(nil, u.Object, k.schema))
	add("schema", k.validateScale(u.Object))
	add("embedded", objectmeta.Validate(nil, u.Object, k.structural, false))
	add("list", listtype.ValidateListSetsAndMaps(nil, k.structural, u.Object))
	if k.rules != nil && !blocksRules(all) {
		errs, _ := k.rules.Validate(context.Background(), nil, k.structural, u.Object, nil, celconfig.RuntimeCELCostBudget)
		add("cel", errs)
	}
	if len(all) == 0 {
		add("metadata", metavalidation.ValidateObjectMetaAccessor(u, k.namespaced, path.ValidatePathSegmentName, field.NewPath("metadata")))
	}
}

// blocksRules tells whether rules are not run at all, as for a value of a wrong type.
func blocksRules(errs field.ErrorList) bool {
	for _, err := range errs {
		switch err.Type {
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			return true
		}
	}
	return false
}

func (k *kind) validateScale(obj map[string]interface{}) field.ErrorList {
	if k.scale == nil {
		return nil
	}
	var errs field.ErrorList
	for _, at := range []string{k.scale.SpecReplicasPath, k.scale.StatusReplicasPath} {
		replicas, _, err := unstructured.NestedInt64(obj, strings.Split(strings.TrimPrefix(at, "."), ".")...)
		switch {
		case err != nil:
			errs = append(errs, field.Invalid(field.NewPath(at), replicas, err.Error()))
		case replicas < 0:
			errs = append(errs, field.Invalid(field.NewPath(at), replicas, "should be a non-negative integer"))
		case replicas > math.MaxInt32:
			errs = append(errs, field.Invalid(field.NewPath(at), replicas, fmt.Sprintf("should be less than or equal to %v", math.MaxInt32)))
		}
	}
	if at := k.scale.LabelSelectorPath; at != nil {
		if selector, _, err := unstructured.NestedString(obj, strings.Split(strings.TrimPrefix(*at, "."), ".")...); err != nil {
			errs = append(errs, field.Invalid(field.NewPath(*at), selector, err.Error()))
		}
	}
	return errs
}

var structField = regexp.MustCompile(`Go struct field \w+\.(\S+) of type`)

// decodedField is where metadata could not be decoded.
func decodedField(err error) string {
	if found := structField.FindStringSubmatch(err.Error()); found != nil {
		return "metadata." + found[1]
	}
	return "metadata"
}
