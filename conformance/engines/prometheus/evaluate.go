package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/rules"
)

// What samples are apart, and evaluations of rules.
const step = 30 * time.Second

// evaluated runs rules over series, which are written as in Prometheus' own unit tests: `metric{label="value"} 0+30x20`.
func evaluated(q question) (map[string]map[string]string, []string, error) {
	suite, err := promqltest.NewLazyLoader("load 30s\n  "+strings.Join(q.Series, "\n  ")+"\n", promqltest.LazyLoaderOpts{EnableAtModifier: true, EnableNegativeOffset: true})
	if err != nil {
		return nil, nil, err
	}
	defer suite.Close()
	file, err := os.CreateTemp("", "rules-*.yaml")
	if err != nil {
		return nil, nil, err
	}
	defer os.Remove(file.Name())
	if err := os.WriteFile(file.Name(), []byte(q.Rules), 0o600); err != nil {
		return nil, nil, err
	}
	ctx := context.Background()
	manager := rules.NewManager(&rules.ManagerOptions{
		QueryFunc:  rules.EngineQueryFunc(suite.QueryEngine(), suite.Storage()),
		Appendable: suite.Storage(),
		Context:    ctx,
		NotifyFunc: func(context.Context, string, ...*rules.Alert) {},
		Logger:     slog.New(slog.DiscardHandler),
	})
	loaded, errs := manager.LoadGroups(step, labels.EmptyLabels(), "", nil, false, file.Name())
	if len(errs) > 0 {
		return nil, nil, errs[0]
	}
	var names []string
	for name := range loaded {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, rule := range loaded[name].AlertingRules() {
			rule.SetRestored(true)
		}
	}
	start, end := time.Unix(0, 0).UTC(), time.Unix(0, 0).UTC().Add(time.Duration(q.Evaluate)*time.Minute)
	for at := start; !at.After(end); at = at.Add(step) {
		var failed error
		suite.WithSamplesTill(at, func(err error) { failed = err })
		if failed != nil {
			return nil, nil, failed
		}
		for _, name := range names {
			loaded[name].Eval(ctx, at)
			for _, rule := range loaded[name].Rules() {
				if rule.LastError() != nil {
					return nil, nil, fmt.Errorf("rule %s: %w", rule.Name(), rule.LastError())
				}
			}
		}
	}
	firing := map[string]bool{}
	for _, name := range names {
		for _, rule := range loaded[name].AlertingRules() {
			for _, alert := range rule.ActiveAlerts() {
				if alert.State == rules.StateFiring {
					firing[alert.Labels.String()+" "+alert.Annotations.Get("summary")] = true
				}
			}
		}
	}
	values := map[string]map[string]string{}
	for _, text := range q.Queries {
		query, err := suite.QueryEngine().NewInstantQuery(ctx, suite.Queryable(), nil, text, end)
		if err != nil {
			return nil, nil, err
		}
		values[text], err = said(query.Exec(ctx))
		if err != nil {
			return nil, nil, err
		}
	}
	var alerts []string
	for alert := range firing {
		alerts = append(alerts, alert)
	}
	sort.Strings(alerts)
	return values, alerts, nil
}

func said(result *promql.Result) (map[string]string, error) {
	vector, err := result.Vector()
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, sample := range vector {
		found[sample.Metric.String()] = strconv.FormatFloat(sample.F, 'g', 6, 64)
	}
	return found, nil
}
