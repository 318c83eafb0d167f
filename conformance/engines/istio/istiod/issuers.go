package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
)

const (
	discovery = "/.well-known/openid-configuration"
	// No token is ever verified with it.
	keys = `{"keys":[{"kty":"oct","kid":"any","k":"YW55"}]}`
)

// serveIssuers answers istiod in place of all issuers that it asks by plain HTTP, and lets it ask nobody else.
func serveIssuers() error {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if issuer, asked := strings.CutSuffix(r.URL.String(), discovery); asked {
			fmt.Fprintf(w, `{"issuer":%q,"jwks_uri":%q}`, issuer, issuer+"/keys")
			return
		}
		fmt.Fprint(w, keys)
	}))
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY"} {
		if err := os.Setenv(name, server.URL); err != nil {
			return err
		}
	}
	return nil
}
