package main

import (
	"regexp"
	"strings"
	"sync"

	"go.uber.org/zap/zapcore"
	"istio.io/istio/pkg/log"
)

// ofHarness is what istiod logs because its cluster is not a real one: definitions get their annotations late, classes are there before it makes them, and
// it is stopped as soon as all is translated.
var ofHarness = regexp.MustCompile(`^CRD \S+ expected to have a \S+ annotation, but none found|gatewayclasses\.gateway\.networking\.k8s\.io "\S+" already exists|^(krt: )?sync failed\b`)

// journal keeps the errors that istiod logs.
type journal struct {
	zapcore.LevelEnabler
	mu     sync.Mutex
	errors []string
}

// keepErrors has istiod log into a journal, and nowhere else.
func keepErrors() (*journal, error) {
	kept := &journal{LevelEnabler: zapcore.ErrorLevel}
	options := log.DefaultOptions().WithExtension(func(zapcore.Core) (zapcore.Core, func() error, error) {
		return kept, func() error { return nil }, nil
	})
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.ErrorLevel)
	return kept, log.Configure(options)
}

// start forgets what was logged before.
func (j *journal) start() {
	j.stop()
}

// stop gives what was logged since the start, each text once.
func (j *journal) stop() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	seen, all := map[string]bool{}, []string{}
	for _, text := range j.errors {
		if !seen[text] && !ofHarness.MatchString(text) {
			seen[text] = true
			all = append(all, text)
		}
	}
	j.errors = nil
	return all
}

func (j *journal) add(text string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.errors = append(j.errors, text)
}

// With is asked for a logger with fields, which say nothing that the message does not.
func (j *journal) With([]zapcore.Field) zapcore.Core { return j }

// Check takes what is at least an error.
func (j *journal) Check(entry zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if j.Enabled(entry.Level) {
		return checked.AddCore(entry, j)
	}
	return checked
}

// Write keeps an entry.
func (j *journal) Write(entry zapcore.Entry, fields []zapcore.Field) error {
	// A panic brings its stack along.
	message, _, _ := strings.Cut(entry.Message, "\ngoroutine ")
	text := strings.TrimPrefix(entry.LoggerName+": "+message, ": ")
	for _, field := range fields {
		text += " " + field.Key + "=" + field.String
	}
	j.add(text)
	return nil
}

// Sync has nothing to do.
func (j *journal) Sync() error { return nil }
