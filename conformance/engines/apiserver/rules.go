package main

import (
	"sort"
	"strings"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
)

// dropMessages makes every error of a rule say the rule.
func dropMessages(s *structuralschema.Structural) {
	if s == nil {
		return
	}
	for i := range s.XValidations {
		s.XValidations[i].Message = ""
		s.XValidations[i].MessageExpression = ""
	}
	dropMessages(s.Items)
	if s.AdditionalProperties != nil {
		dropMessages(s.AdditionalProperties.Structural)
	}
	for name, property := range s.Properties {
		dropMessages(&property)
		s.Properties[name] = property
	}
}

// rulesOf are the rules that were asked about a value: those of every schema that it has a value for.
func rulesOf(s *structuralschema.Structural, value interface{}) []string {
	found := map[string]bool{}
	collectRules(s, value, found)
	rules := make([]string, 0, len(found))
	for rule := range found {
		rules = append(rules, rule)
	}
	sort.Strings(rules)
	return rules
}

func collectRules(s *structuralschema.Structural, value interface{}, found map[string]bool) {
	if s == nil || value == nil {
		return
	}
	for _, rule := range s.XValidations {
		found[strings.TrimSpace(rule.Rule)] = true
	}
	switch value := value.(type) {
	case map[string]interface{}:
		for name, item := range value {
			if property, ok := s.Properties[name]; ok {
				collectRules(&property, item, found)
			} else if s.AdditionalProperties != nil {
				collectRules(s.AdditionalProperties.Structural, item, found)
			}
		}
	case []interface{}:
		for _, item := range value {
			collectRules(s.Items, item, found)
		}
	}
}
