package main

import (
	"encoding/json"
	"fmt"
	"sort"

	corev1 "k8s.io/api/core/v1"
)

// changedFields gives the paths of what was said of a container and is no longer so, in order: what was added to it is none.
func changedFields(before, after corev1.Container) ([]string, error) {
	was, err := asData(before)
	if err != nil {
		return nil, err
	}
	is, err := asData(after)
	if err != nil {
		return nil, err
	}
	paths := lost("", was, is)
	sort.Strings(paths)
	return paths, nil
}

func asData(value any) (any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var data any
	return data, json.Unmarshal(text, &data)
}

func lost(path string, before, after any) []string {
	switch was := before.(type) {
	case map[string]any:
		is, _ := after.(map[string]any)
		var paths []string
		for key, value := range was {
			inner := key
			if path != "" {
				inner = path + "." + key
			}
			paths = append(paths, lost(inner, value, is[key])...)
		}
		return paths
	case []any:
		is, _ := after.([]any)
		var paths []string
		for i, item := range was {
			if !holds(is, item) {
				paths = append(paths, fmt.Sprintf("%s[%d]", path, i))
			}
		}
		return paths
	}
	if before != after {
		return []string{path}
	}
	return nil
}

// holds says whether a list has an item that says all that another one does.
func holds(list []any, item any) bool {
	for _, other := range list {
		if len(lost("item", item, other)) == 0 {
			return true
		}
	}
	return false
}
