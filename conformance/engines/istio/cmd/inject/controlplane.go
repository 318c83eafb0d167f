package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	admissionregistration "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/kube/inject"
	"istio.io/istio/pkg/kube/multicluster"
)

const revisionLabel = "istio.io/rev"

// controlPlane is an installed revision of Istio: its webhooks, and the injector behind them.
type controlPlane struct {
	revision string
	webhooks []admissionregistration.MutatingWebhookConfiguration
	injector *http.ServeMux
}

// readControlPlane reads what `istioctl manifest generate` printed.
func readControlPlane(file string) (*controlPlane, error) {
	manifests, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	plane := &controlPlane{injector: http.NewServeMux()}
	templates, meshConfig := corev1.ConfigMap{}, corev1.ConfigMap{}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(manifests)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		var object metav1.PartialObjectMetadata
		if err := yaml.Unmarshal(document, &object); err != nil {
			return nil, err
		}
		switch object.Kind {
		case "MutatingWebhookConfiguration":
			var webhook admissionregistration.MutatingWebhookConfiguration
			if err := yaml.Unmarshal(document, &webhook); err != nil {
				return nil, err
			}
			plane.webhooks = append(plane.webhooks, webhook)
			plane.revision = webhook.Labels[revisionLabel]
		case "ConfigMap":
			var config corev1.ConfigMap
			if err := yaml.Unmarshal(document, &config); err != nil {
				return nil, err
			}
			if _, found := config.Data["config"]; found {
				templates = config
			} else if _, found := config.Data["mesh"]; found {
				meshConfig = config
			}
		}
	}
	if plane.webhooks == nil || templates.Data == nil || meshConfig.Data == nil {
		return nil, errors.New("no webhook, no templates or no mesh configuration in it")
	}
	return plane, plane.startInjector(templates.Data, meshConfig.Data["mesh"])
}

// startInjector gives the control plane the injector of istiod, configured by its ConfigMaps.
func (p *controlPlane) startInjector(templates map[string]string, meshConfig string) error {
	config, err := inject.UnmarshalConfig([]byte(templates["config"]))
	if err != nil {
		return err
	}
	settings, err := mesh.ApplyMeshConfigDefaults(meshConfig)
	if err != nil {
		return err
	}
	environment := model.NewEnvironment()
	environment.Watcher = meshwatcher.NewTestWatcher(settings)
	// The injector reads what a pod says of its proxy as istiod does, when it has looked for ProxyConfigs.
	push := model.NewPushContext()
	push.ProxyConfigs = &model.ProxyConfigs{}
	environment.SetPushContext(push)
	_, err = inject.NewWebhook(inject.WebhookParameters{
		Watcher:      fixed{&config, templates["values"]},
		Env:          environment,
		Mux:          p.injector,
		Revision:     p.revision,
		MultiCluster: multicluster.NewFakeController(),
	})
	return err
}

// taking gives the webhooks that a pod goes through, as `configuration: webhook`.
func (p *controlPlane) taking(namespace, pod labels.Set) ([]string, error) {
	var names []string
	for _, configuration := range p.webhooks {
		for _, webhook := range configuration.Webhooks {
			inNamespace, err := metav1.LabelSelectorAsSelector(webhook.NamespaceSelector)
			if err != nil {
				return nil, err
			}
			ofObject, err := metav1.LabelSelectorAsSelector(webhook.ObjectSelector)
			if err != nil {
				return nil, err
			}
			if inNamespace.Matches(namespace) && ofObject.Matches(pod) {
				names = append(names, fmt.Sprintf("%s: %s", configuration.Name, webhook.Name))
			}
		}
	}
	return names, nil
}

// fixed is a configuration of the injector that never changes.
type fixed struct {
	config *inject.Config
	values string
}

func (f fixed) SetHandler(func(*inject.Config, string) error) {}

func (f fixed) Run(<-chan struct{}) {}

func (f fixed) Get() (*inject.Config, string, error) { return f.config, f.values, nil }
