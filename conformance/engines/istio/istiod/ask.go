package main

import (
	"fmt"

	"example.com/engine/sent"
	"istio.io/istio/pkg/test"
)

// ask starts istiod in the world of the question, and stops it when the question is answered.
func ask(t test.Failer, question Question) (*Answer, error) {
	ds, err := start(t, question)
	if err != nil {
		return nil, err
	}
	answer := &Answer{Proxies: map[string]*sent.Config{}, Status: statusOf(ds, test.NewStop(t))}
	for _, proxy := range question.Proxies {
		config, err := sent.ConfigOf(ds, setUp(ds, proxy))
		if err != nil {
			return nil, fmt.Errorf("cannot make the configuration of %s: %w", proxy.Name, err)
		}
		answer.Proxies[proxy.key()] = config
	}
	if question.Ambient {
		if answer.Addresses, err = addressesOf(t, question); err != nil {
			return nil, err
		}
	}
	return answer, nil
}
