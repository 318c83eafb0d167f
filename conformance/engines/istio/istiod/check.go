package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"example.com/engine/sent"
	"istio.io/istio/pilot/pkg/model"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/test"
)

// Findings is what istiod has to say against a world.
type Findings struct {
	// Mesh is why it does not take the mesh configuration; then nothing else is looked at.
	Mesh string `json:"mesh,omitempty"`
	// Refused are the objects that its webhook refuses; they are not translated.
	Refused []Finding `json:"refused"`
	// Warned are those of which its webhook warns.
	Warned []Finding `json:"warned"`
	// Errors are the errors in its log, and why it could not translate.
	Errors []string `json:"errors"`
}

// checkAll answers questions line by line.
func checkAll(in io.Reader, out io.Writer, logged *journal) error {
	if err := serveIssuers(); err != nil {
		return err
	}
	questions, answers := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var question Question
		if err := questions.Decode(&question); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("cannot read the question: %w", err)
		}
		findings, err := check(question, logged)
		if err != nil {
			return err
		}
		if err := answers.Encode(findings); err != nil {
			return err
		}
	}
}

// check has the webhook judge all objects, and translates for the proxies what it takes.
func check(question Question, logged *journal) (*Findings, error) {
	findings := &Findings{Refused: []Finding{}, Warned: []Finding{}, Errors: []string{}}
	if _, err := mesh.ApplyMeshConfigDefaults(question.Mesh); err != nil {
		findings.Mesh = err.Error()
		return findings, nil
	}
	var taken []json.RawMessage
	for _, object := range question.Objects {
		refused, warned, err := admit(object)
		if err != nil {
			return nil, err
		}
		if refused != nil {
			findings.Refused = append(findings.Refused, *refused)
			continue
		}
		findings.Warned = append(findings.Warned, warned...)
		taken = append(taken, object)
	}
	question.Objects = taken
	logged.start()
	err := test.Wrap(func(t test.Failer) {
		defer func() {
			if reason := recover(); reason != nil {
				logged.add(fmt.Sprintf("panic: %v", reason))
			}
		}()
		translateAll(t, question, logged)
	})
	if err != nil {
		logged.add(err.Error())
	}
	findings.Errors = logged.stop()
	return findings, nil
}

// translateAll makes all that istiod would send to the proxies.
func translateAll(t test.Failer, question Question, logged *journal) {
	ds, err := start(t, question)
	if err != nil {
		logged.add(err.Error())
		return
	}
	for _, p := range question.Proxies {
		proxy := setUp(ds, p)
		listeners := ds.Listeners(proxy)
		messages := slices.Concat(
			sent.Messages(listeners), sent.Messages(ds.Clusters(proxy)), sent.Messages(ds.RoutesFromListeners(proxy, listeners)), sent.Messages(ds.Endpoints(proxy)),
		)
		for _, message := range messages {
			if err := message.(interface{ ValidateAll() error }).ValidateAll(); err != nil {
				logged.add(fmt.Sprintf("what %s/%s gets is not valid: %v", p.Namespace, p.Name, err))
			}
		}
		if err := extend(ds, proxy); err != nil {
			logged.add(fmt.Sprintf("extensions of %s/%s: %v", p.Namespace, p.Name, err))
		}
	}
}

// extend makes the extensions that a proxy asks for, once its listeners name them.
func extend(ds *xds.FakeDiscoveryServer, proxy *model.Proxy) error {
	watched := &model.WatchedResource{TypeUrl: v3.ExtensionConfigurationType, ResourceNames: map[string]struct{}{}}
	for _, extensions := range ds.PushContext().TrafficExtensions(proxy) {
		for _, extension := range extensions {
			watched.ResourceNames[extension.ResourceName] = struct{}{}
		}
	}
	_, _, err := ds.Discovery.Generators[v3.ExtensionConfigurationType].Generate(proxy, watched, &model.PushRequest{Forced: true, Push: ds.PushContext()})
	return err
}
