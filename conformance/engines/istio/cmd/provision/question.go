package main

import (
	"encoding/json"
	"fmt"
	"sort"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	clienttesting "k8s.io/client-go/testing"
	gateway "sigs.k8s.io/gateway-api/apis/v1"

	"istio.io/istio/pilot/pkg/config/kube/gatewaycommon"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/inject"
	"istio.io/istio/pkg/revisions"
	"istio.io/istio/pkg/util/sets"
)

const systemNamespace = "istio-system"

// question is a cluster with Gateways, and the ConfigMaps that they may name.
type question struct {
	Gateways   []gateway.Gateway  `json:"gateways"`
	ConfigMaps []corev1.ConfigMap `json:"configMaps"`
	Namespaces []string           `json:"namespaces"`
}

// answer gives what is made for each Gateway, sorted by kind and name.
func (q *question) answer(config *inject.WebhookConfig) (map[string][]object, error) {
	made := map[string][]object{}
	for i := range q.Gateways {
		objects, err := q.reconcile(&q.Gateways[i], config)
		if err != nil {
			return nil, err
		}
		made[fmt.Sprintf("%s/%s", q.Gateways[i].Namespace, q.Gateways[i].Name)] = objects
	}
	return made, nil
}

type object = map[string]any

// reconcile runs the controller for one Gateway, and keeps what it would apply.
func (q *question) reconcile(gw *gateway.Gateway, config *inject.WebhookConfig) ([]object, error) {
	known := []runtime.Object{gw}
	for _, name := range q.Namespaces {
		known = append(known, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}})
	}
	for i := range q.ConfigMaps {
		known = append(known, &q.ConfigMaps[i])
	}
	client := kube.NewFakeClientWithVersion("33", known...)
	var mutex sync.Mutex
	made := []object{}
	client.Dynamic().(*dynamicfake.FakeDynamicClient).PrependReactor("patch", "*", func(action clienttesting.Action) (bool, runtime.Object, error) {
		if action.GetSubresource() != "" {
			return true, nil, nil
		}
		var one object
		if err := json.Unmarshal(action.(clienttesting.PatchAction).GetPatch(), &one); err != nil {
			return true, nil, err
		}
		mutex.Lock()
		defer mutex.Unlock()
		made = append(made, one)
		return true, nil, nil
	})
	environment := model.NewEnvironment()
	environment.Watcher = meshwatcher.NewTestWatcher(config.MeshConfig)
	push := model.NewPushContext()
	push.ProxyConfigs = &model.ProxyConfigs{}
	environment.SetPushContext(push)
	controller := gatewaycommon.NewDeploymentController(client, "Kubernetes", environment,
		func() inject.WebhookConfig { return *config }, func(func()) {}, everyone{}, "", systemNamespace)
	stop := make(chan struct{})
	defer close(stop)
	client.RunAndWait(stop)
	if err := controller.Reconcile(types.NamespacedName{Namespace: gw.Namespace, Name: gw.Name}); err != nil {
		return nil, err
	}
	mutex.Lock()
	defer mutex.Unlock()
	sort.Slice(made, func(i, j int) bool { return made[i]["kind"].(string) < made[j]["kind"].(string) })
	return made, nil
}

// everyone is a control plane that every Gateway is of.
type everyone struct{}

func (everyone) Run(<-chan struct{}) {}

func (everyone) HasSynced() bool { return true }

func (everyone) AddHandler(revisions.TagHandler) {}

func (everyone) GetMyTags() sets.String { return sets.New[string]() }

func (everyone) IsMine(metav1.ObjectMeta) bool { return true }
