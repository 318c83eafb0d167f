// Command inject says what becomes of a pod that is created in a cluster where Istio is installed: which webhook of which control plane takes it,
// by the selectors of the webhook, and what the injector of that control plane makes of it.
//
//	inject FILE...
//
// Each file is what `istioctl manifest generate` prints for a revision. Every line of input is a question in JSON, and gets a line of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"istio.io/istio/pkg/log"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	options.SetDefaultOutputLevel(log.DefaultScopeName, log.ErrorLevel)
	if err := log.Configure(options); err != nil {
		return err
	}
	planes := map[string]*controlPlane{}
	for _, file := range os.Args[1:] {
		plane, err := readControlPlane(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		planes[plane.revision] = plane
	}
	answers := json.NewEncoder(os.Stdout)
	questions := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for questions.More() {
		var q question
		if err := questions.Decode(&q); err != nil {
			return err
		}
		answer, err := q.answer(planes)
		if err != nil {
			return err
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
	return nil
}
