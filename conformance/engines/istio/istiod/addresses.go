package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/engine/objects"
	"google.golang.org/protobuf/encoding/protojson"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/serviceregistry/ambient"
	"istio.io/istio/pilot/pkg/serviceregistry/util/xdsfake"
	"istio.io/istio/pkg/activenotifier"
	"istio.io/istio/pkg/cluster"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/mesh/meshwatcher"
	"istio.io/istio/pkg/config/schema/gvr"
	kubelib "istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/kube/krt"
	"istio.io/istio/pkg/kube/multicluster"
	"istio.io/istio/pkg/test"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
)

const rootNamespace = "istio-system"

// readByAmbient are the kinds of definitions that the index of ambient reads.
var readByAmbient = []schema.GroupVersionResource{
	gvr.AuthorizationPolicy, gvr.PeerAuthentication, gvr.GatewayClass, gvr.KubernetesGateway, gvr.ServiceEntry, gvr.WorkloadEntry,
}

// addressesOf makes what ztunnels are told of services and workloads, in the order of their keys.
func addressesOf(t test.Failer, question Question) ([]json.RawMessage, error) {
	meshConfig, err := mesh.ApplyMeshConfigDefaults(question.Mesh)
	if err != nil {
		return nil, err
	}
	remotes := map[cluster.ID]kubelib.Client{}
	var access []runtime.Object
	for id, remote := range question.Remotes {
		if remotes[id], err = clientOf(t, remote); err != nil {
			return nil, err
		}
		access = append(access, accessTo(id))
	}
	local, err := clientOf(t, question.Objects, access...)
	if err != nil {
		return nil, err
	}
	stop := test.NewStop(t)
	watcher := meshwatcher.NewTestWatcher(meshConfig)
	clusters := multicluster.NewController(multicluster.ControllerOptions{
		Client: local, ClusterID: question.Cluster, SystemNamespace: rootNamespace, MeshConfig: watcher, Debugger: krt.GlobalDebugHandler,
		ClientBuilder: func(_ []byte, id cluster.ID, _ ...func(*rest.Config)) (kubelib.Client, error) {
			return remotes[id], nil
		},
	})
	index := ambient.New(ambient.Options{
		SystemNamespace: rootNamespace, DomainSuffix: objects.Domain, ClusterID: question.Cluster, XDSUpdater: xdsfake.NewFakeXDS(), MeshConfig: watcher,
		StatusNotifier: activenotifier.New(false), Debugger: krt.GlobalDebugHandler, MultiClusterController: clusters,
		Flags: ambient.FeatureFlags{
			DefaultAllowFromWaypoint:              features.DefaultAllowFromWaypoint,
			EnableK8SServiceSelectWorkloadEntries: features.EnableK8SServiceSelectWorkloadEntries,
		},
	})
	if err := clusters.Run(stop); err != nil {
		return nil, err
	}
	local.RunAndWait(stop)
	go index.Run(stop)
	if !kubelib.WaitForCacheSync("ambient", stop, clusters.HasSynced, index.HasSynced) {
		return nil, fmt.Errorf("the index of ambient did not become ready")
	}
	return settled(index)
}

const (
	// What is read from other clusters comes in later, and nothing says when all of it is there.
	pace   = 50 * time.Millisecond
	calm   = 20
	rounds = 200
)

// settled waits until what is told stays the same for a second.
func settled(index ambient.Index) ([]json.RawMessage, error) {
	var last []json.RawMessage
	same := 0
	for range rounds {
		now, err := tell(index)
		if err != nil {
			return nil, err
		}
		if same++; !slices.EqualFunc(now, last, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }) {
			same = 0
		}
		if last = now; same == calm {
			return last, nil
		}
		time.Sleep(pace)
	}
	return nil, fmt.Errorf("what ztunnels are told changes all the time")
}

// tell gives all that is told, as JSON that is the same each time.
func tell(index ambient.Index) ([]json.RawMessage, error) {
	all := index.All()
	slices.SortFunc(all, func(a, b model.AddressInfo) int { return strings.Compare(a.ResourceName(), b.ResourceName()) })
	var addresses []json.RawMessage
	for _, address := range all {
		text, err := protojson.Marshal(address.Address)
		if err != nil {
			return nil, err
		}
		var compact bytes.Buffer
		// protojson puts spaces where it likes, so that nobody relies on them.
		if err := json.Compact(&compact, text); err != nil {
			return nil, err
		}
		addresses = append(addresses, compact.Bytes())
	}
	return addresses, nil
}

// clientOf makes a cluster of these objects.
func clientOf(t test.Failer, all []json.RawMessage, more ...runtime.Object) (kubelib.Client, error) {
	decode := kubelib.IstioCodec.UniversalDeserializer().Decode
	running := more
	for _, object := range all {
		served, err := objects.Served(object)
		if err != nil {
			return nil, err
		}
		parsed, _, err := decode(served, nil, nil)
		if err != nil {
			return nil, fmt.Errorf("cannot read an object for ambient: %w", err)
		}
		running = append(running, parsed)
	}
	client := kubelib.NewFakeClient(running...)
	for _, resource := range readByAmbient {
		clienttest.MakeCRD(t, client, resource)
	}
	return client, nil
}

// accessTo is the Secret by which istiod reads another cluster.
func accessTo(id cluster.ID) *corev1.Secret {
	return &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: "remote-" + string(id), Namespace: rootNamespace, Labels: map[string]string{multicluster.MultiClusterSecretLabel: "true"}},
		Data:       map[string][]byte{string(id): []byte("kubeconfig")},
	}
}
