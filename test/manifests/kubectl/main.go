// Says how kubectl reads each of the texts of a JSON array on the standard input: the documents as JSON, and the error that ends the reading.
// Run it within a module that has k8s.io/apimachinery:  jq "map(.text)" reads.json | go run main.go > new.json
package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type answer struct {
	Text      string            `json:"text"`
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	answers := []answer{}
	for _, text := range texts {
		a := answer{Text: text, Documents: []json.RawMessage{}}
		decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
		for {
			raw := runtime.RawExtension{}
			if err := decoder.Decode(&raw); err == io.EOF {
				break
			} else if err != nil {
				a.Error = err.Error()
				break
			}
			if s := strings.TrimSpace(string(raw.Raw)); s != "" && s != "null" {
				a.Documents = append(a.Documents, json.RawMessage(s))
			}
		}
		answers = append(answers, a)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := out.Encode(answers); err != nil {
		panic(err)
	}
}
