package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// read gives the objects of a file as kubectl sends them: one for each document, and those of a List each for itself.
func read(file string) ([]map[string]interface{}, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var objects []map[string]interface{}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(data)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		text, err := yaml.YAMLToJSON(document)
		if err != nil {
			return nil, err
		}
		if string(text) == "null" {
			continue
		}
		object, err := parse(text)
		if err != nil {
			return nil, err
		}
		objects = append(objects, flatten(object)...)
	}
}

// parse keeps whole numbers whole, which rules tell from fractions.
func parse(text []byte) (map[string]interface{}, error) {
	object := map[string]interface{}{}
	return object, utiljson.Unmarshal(text, &object)
}

func flatten(object map[string]interface{}) []map[string]interface{} {
	items, isList := object["items"].([]interface{})
	name, _ := object["kind"].(string)
	if !isList || !strings.HasSuffix(name, "List") {
		return []map[string]interface{}{object}
	}
	var objects []map[string]interface{}
	for _, item := range items {
		if object, ok := item.(map[string]interface{}); ok {
			objects = append(objects, flatten(object)...)
		}
	}
	return objects
}
