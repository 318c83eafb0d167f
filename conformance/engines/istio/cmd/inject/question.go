package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"

	jsonpatch "github.com/evanphx/json-patch/v5"
	admission "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
)

const statusAnnotation = "sidecar.istio.io/status"

// question asks what becomes of pods in a cluster.
type question struct {
	// Revisions are the control planes that the cluster has, in the order in which their webhooks are called.
	Revisions []string `json:"revisions"`
	// Namespaces are the labels of the namespaces.
	Namespaces map[string]labels.Set `json:"namespaces"`
	Pods       []corev1.Pod          `json:"pods"`
	// Details asks how the proxy runs, too.
	Details bool `json:"details"`
}

type answer struct {
	Pods []outcome `json:"pods"`
}

// outcome is what became of a pod.
type outcome struct {
	TakenBy        []string          `json:"takenBy"`
	Role           string            `json:"role"`
	Revision       string            `json:"revision,omitempty"`
	Containers     []container       `json:"containers"`
	InitContainers []container       `json:"initContainers,omitempty"`
	Labels         map[string]string `json:"labels,omitempty"`
	Annotations    map[string]string `json:"annotations,omitempty"`
	Proxy          *proxy            `json:"proxy,omitempty"`
	Error          string            `json:"error,omitempty"`
}

type container struct {
	Name          string `json:"name"`
	Image         string `json:"image"`
	RestartPolicy string `json:"restartPolicy,omitempty"`
	// Changed are the fields that the pod's author said of it, and that are now otherwise.
	Changed []string `json:"changed,omitempty"`
}

func (q question) answer(planes map[string]*controlPlane) (*answer, error) {
	result := answer{Pods: []outcome{}}
	for _, pod := range q.Pods {
		namespace := maps.Clone(q.Namespaces[pod.Namespace])
		if namespace == nil {
			namespace = labels.Set{}
		}
		namespace["kubernetes.io/metadata.name"] = pod.Namespace
		created := pod
		o := outcome{TakenBy: []string{}}
		for _, revision := range q.Revisions {
			plane, found := planes[revision]
			if !found {
				return nil, fmt.Errorf("no control plane of revision %q", revision)
			}
			webhooks, err := plane.taking(namespace, created.Labels)
			if err != nil {
				return nil, err
			}
			for _, webhook := range webhooks {
				o.TakenBy = append(o.TakenBy, webhook)
				if created, err = plane.inject(created); err != nil {
					o.Error = err.Error()
				}
			}
		}
		if err := o.describe(pod, created); err != nil {
			return nil, err
		}
		if q.Details && o.Role != "none" {
			described, err := describeProxy(created)
			if err != nil {
				return nil, err
			}
			o.Proxy = described
		}
		result.Pods = append(result.Pods, o)
	}
	return &result, nil
}

// inject asks the injector over the same HTTP handler that the API server calls.
func (p *controlPlane) inject(pod corev1.Pod) (corev1.Pod, error) {
	object, err := json.Marshal(pod)
	if err != nil {
		return pod, err
	}
	review, err := json.Marshal(admission.AdmissionReview{
		TypeMeta: metav1.TypeMeta{APIVersion: "admission.k8s.io/v1", Kind: "AdmissionReview"},
		Request: &admission.AdmissionRequest{
			UID: "pod", Namespace: pod.Namespace, Operation: admission.Create, Object: runtime.RawExtension{Raw: object},
		},
	})
	if err != nil {
		return pod, err
	}
	request := httptest.NewRequest(http.MethodPost, "/inject", bytes.NewReader(review))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	p.injector.ServeHTTP(recorder, request)
	var reply admission.AdmissionReview
	if err := json.Unmarshal(recorder.Body.Bytes(), &reply); err != nil {
		return pod, fmt.Errorf("%w: %s", err, recorder.Body)
	}
	if !reply.Response.Allowed {
		return pod, fmt.Errorf("refused: %s", reply.Response.Result.Message)
	}
	if len(reply.Response.Patch) == 0 {
		return pod, nil
	}
	patch, err := jsonpatch.DecodePatch(reply.Response.Patch)
	if err != nil {
		return pod, err
	}
	patched, err := patch.Apply(object)
	if err != nil {
		return pod, err
	}
	var injected corev1.Pod
	err = json.Unmarshal(patched, &injected)
	return injected, err
}

// describe says what the pod is now, and what was added to it.
func (o *outcome) describe(before, after corev1.Pod) error {
	o.Role = "none"
	var err error
	if o.Containers, err = o.describeContainers(before, after.Spec.Containers); err != nil {
		return err
	}
	if o.InitContainers, err = o.describeContainers(before, after.Spec.InitContainers); err != nil {
		return err
	}
	o.Labels = added(before.Labels, after.Labels)
	o.Annotations = added(before.Annotations, after.Annotations)
	if status, found := o.Annotations[statusAnnotation]; found {
		delete(o.Annotations, statusAnnotation)
		var said struct {
			Revision string `json:"revision"`
		}
		if err := json.Unmarshal([]byte(status), &said); err != nil {
			o.Error = err.Error()
		}
		o.Revision = said.Revision
	}
	return nil
}

func (o *outcome) describeContainers(before corev1.Pod, containers []corev1.Container) ([]container, error) {
	var list []container
	for _, c := range containers {
		one := container{Name: c.Name, Image: c.Image}
		if c.RestartPolicy != nil {
			one.RestartPolicy = string(*c.RestartPolicy)
		}
		for _, said := range append(append([]corev1.Container{}, before.Spec.InitContainers...), before.Spec.Containers...) {
			if said.Name == c.Name {
				changed, err := changedFields(said, c)
				if err != nil {
					return nil, err
				}
				one.Changed = changed
			}
		}
		list = append(list, one)
		// The arguments of Istio's proxy begin with `proxy router` or `proxy sidecar`.
		if len(c.Args) > 1 && c.Args[0] == "proxy" {
			o.Role = map[string]string{"router": "gateway", "sidecar": "sidecar"}[c.Args[1]]
		}
	}
	return list, nil
}

func added(before, after map[string]string) map[string]string {
	changed := map[string]string{}
	for key, value := range after {
		if was, found := before[key]; !found || was != value {
			changed[key] = value
		}
	}
	return changed
}
