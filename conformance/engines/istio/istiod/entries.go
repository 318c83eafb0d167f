package main

import (
	"context"
	"encoding/json"

	networking "istio.io/client-go/pkg/apis/networking/v1"
	"istio.io/istio/pkg/config/schema/gvr"
	kubelib "istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/test"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// serveEntries lets the API server have the ServiceEntries too: routes and policies that name one are looked up there, and not in the store of configuration.
func serveEntries(t test.Failer, client kubelib.Client, objects []json.RawMessage) error {
	clienttest.MakeCRD(t, client, gvr.ServiceEntry)
	for _, object := range objects {
		var head struct {
			Kind string `json:"kind"`
		}
		if err := json.Unmarshal(object, &head); err != nil {
			return err
		}
		if head.Kind != "ServiceEntry" {
			continue
		}
		entry := &networking.ServiceEntry{}
		if err := json.Unmarshal(object, entry); err != nil {
			return err
		}
		if _, err := client.Istio().NetworkingV1().ServiceEntries(entry.Namespace).Create(context.Background(), entry, metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	return nil
}
