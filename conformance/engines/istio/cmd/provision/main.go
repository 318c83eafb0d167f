// Command provision lets istiod's own controller of Gateways say what it makes for them.
//
// Its argument is a file that `istioctl manifest generate` wrote. Every line of input is a question in JSON, and gets a line of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
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
	if len(os.Args) != 2 {
		return errors.New("usage: provision FILE, which `istioctl manifest generate` wrote")
	}
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	options.SetDefaultOutputLevel(log.DefaultScopeName, log.ErrorLevel)
	if err := log.Configure(options); err != nil {
		return err
	}
	config, err := readConfig(os.Args[1])
	if err != nil {
		return err
	}
	answers := json.NewEncoder(os.Stdout)
	questions := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for questions.More() {
		var q question
		if err := questions.Decode(&q); err != nil {
			return err
		}
		made, err := q.answer(config)
		if err != nil {
			return err
		}
		if err := answers.Encode(made); err != nil {
			return err
		}
	}
	return nil
}
