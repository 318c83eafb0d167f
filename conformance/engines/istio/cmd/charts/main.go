// Command charts renders official charts of Istio as Helm does, and lets istiod's own code read the mesh configuration that comes out.
//
// Every line of input is a question in JSON, and gets a line of JSON.
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
	answers := json.NewEncoder(os.Stdout)
	questions := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for questions.More() {
		var q question
		if err := questions.Decode(&q); err != nil {
			return err
		}
		if err := answers.Encode(q.answer()); err != nil {
			return err
		}
	}
	return nil
}
