// Command analyze lets all analyzers of Istio look at a cluster.
//
// It reads one question in JSON, and writes its findings: some analyzers keep the mesh that they saw first. `istioctl analyze` would
// leave out those that need to see namespaces, Services, Secrets or pods when it has nothing but files.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/diag"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/log"
)

const rootNamespace = "istio-system"

// question is a cluster.
type question struct {
	// Mesh is Istio's MeshConfig, and Networks its MeshNetworks, if there are any, as YAML.
	Mesh     string `json:"mesh"`
	Networks string `json:"networks"`
	// Objects are all objects of the cluster.
	Objects []json.RawMessage `json:"objects"`
}

// finding is what istioctl would print, but where in a file it is.
type finding struct {
	Code    string `json:"code"`
	Level   string `json:"level"`
	Origin  string `json:"origin"`
	Message string `json:"message"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	options := log.DefaultOptions()
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	if err := log.Configure(options); err != nil {
		return err
	}
	var q question
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		return fmt.Errorf("cannot read the question: %w", err)
	}
	findings, err := q.answer()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(findings)
}

func (q question) answer() ([]finding, error) {
	analyzer := local.NewSourceAnalyzer(analyzers.AllCombined(), "", rootNamespace, nil)
	if err := q.configure(analyzer); err != nil {
		return nil, err
	}
	texts := make([]string, 0, len(q.Objects))
	for _, object := range q.Objects {
		texts = append(texts, string(object))
	}
	// Named for tests by Istio, it is the one that reads what istioctl would only read from a cluster.
	source := local.ReaderSource{Name: "cluster", Reader: strings.NewReader(strings.Join(texts, "\n---\n"))}
	if err := analyzer.AddTestReaderKubeSource([]local.ReaderSource{source}); err != nil {
		return nil, err
	}
	stop := make(chan struct{})
	defer close(stop)
	result, err := analyzer.Analyze(stop)
	if err != nil {
		return nil, err
	}
	if len(result.SkippedAnalyzers) > 0 {
		return nil, errors.New("these analyzers do not see what they need: " + strings.Join(result.SkippedAnalyzers, ", "))
	}
	return findingsOf(result.Messages), nil
}

// configure gives the analyzer the settings of the mesh, which it reads from files only.
func (q question) configure(analyzer *local.IstiodAnalyzer) error {
	dir, err := os.MkdirTemp("", "analyze-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	settings := []struct {
		text string
		add  func(string) error
	}{{q.Mesh, analyzer.AddFileKubeMeshConfig}, {q.Networks, analyzer.AddFileKubeMeshNetworks}}
	for i, one := range settings {
		if one.text == "" {
			continue
		}
		file := filepath.Join(dir, fmt.Sprintf("%d.yaml", i))
		if err := os.WriteFile(file, []byte(one.text), 0o600); err != nil {
			return err
		}
		if err := one.add(file); err != nil {
			return err
		}
	}
	return nil
}

func findingsOf(messages diag.Messages) []finding {
	findings := make([]finding, 0, len(messages))
	for _, m := range messages {
		origin := ""
		if m.Resource != nil {
			origin = m.Resource.Origin.FriendlyName()
		}
		findings = append(findings, finding{m.Type.Code(), m.Type.Level().String(), origin, fmt.Sprintf(m.Type.Template(), m.Parameters...)})
	}
	return findings
}
