// Judges custom resources with the API server's own code, offline:
//
//	apiserver [--channel CHANNEL] [--bundles DIR] [--rules] files FILE...   one JSON line for each object
//	apiserver [--channel CHANNEL] [--bundles DIR] [--rules] stream          one JSON line for each object on standard input
//	apiserver [--channel CHANNEL] [--bundles DIR] bench FILE...             how long reading, compiling and checking take
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

type line struct {
	File  string `json:"file,omitempty"`
	Index int    `json:"index"`
	verdict
}

func main() {
	channel := flag.String("channel", "standard", "the channel of Gateway API: standard or experimental")
	bundles := flag.String("bundles", "crds", "the folder of bundles")
	bareRules := flag.Bool("rules", false, "name the rules that fail and, for an accepted object, those that pass")
	flag.Parse()
	if err := run(*channel, *bundles, *bareRules, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(channel, bundles string, bareRules bool, args []string) error {
	begun := time.Now()
	c, err := loadCatalog(bundles, channel, bareRules)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return errors.New("say files FILE..., stream, or bench FILE...")
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	defer out.Flush()
	switch args[0] {
	case "files":
		return judgeFiles(c, args[1:], json.NewEncoder(out))
	case "stream":
		return judgeStream(c, bufio.NewReaderSize(os.Stdin, 1<<16), out)
	case "bench":
		return bench(c, args[1:], begun, json.NewEncoder(out))
	}
	return fmt.Errorf("mode must be files, stream or bench, got %q", args[0])
}

func judgeFiles(c *catalog, files []string, out *json.Encoder) error {
	for _, file := range files {
		objects, err := read(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for i, object := range objects {
			if err := out.Encode(line{file, i, c.judge(object)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// judgeStream flushes whenever no further object waits, so that a caller may also ask one by one.
func judgeStream(c *catalog, in *bufio.Reader, out *bufio.Writer) error {
	encoder := json.NewEncoder(out)
	for i := 0; ; i++ {
		text, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(text)) > 0 {
			object, parseErr := parse(text)
			if parseErr != nil {
				return fmt.Errorf("line %d: %w", i+1, parseErr)
			}
			if err := encoder.Encode(line{Index: i, verdict: c.judge(object)}); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

func bench(c *catalog, files []string, begun time.Time, out *json.Encoder) error {
	loaded := time.Now()
	var objects []map[string]interface{}
	for _, file := range files {
		more, err := read(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		objects = append(objects, more...)
	}
	wasRead := time.Now()
	for _, object := range objects {
		if _, err := c.kind(fmt.Sprint(object["apiVersion"]), fmt.Sprint(object["kind"])); err != nil {
			return err
		}
	}
	compiled := time.Now()
	rejected := 0
	for _, object := range objects {
		if v := c.judge(object); v.Known && !v.clean() {
			rejected++
		}
	}
	milliseconds := func(from, to time.Time) float64 { return float64(to.Sub(from).Microseconds()) / 1000 }
	return out.Encode(map[string]interface{}{
		"objects": len(objects), "rejected": rejected,
		"load": milliseconds(begun, loaded), "read": milliseconds(loaded, wasRead),
		"compile": milliseconds(wasRead, compiled), "check": milliseconds(compiled, time.Now()),
	})
}
