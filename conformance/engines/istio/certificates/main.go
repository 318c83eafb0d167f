// Program certificates makes authorities, and certificates that they sign, for an hour on this machine. It reads one
// JSON document and writes one.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/url"
	"os"
	"time"
)

// Wanted is a certificate that is asked for.
type Wanted struct {
	Name string `json:"name"`
	// Issuer is the name of its authority, which is made when it is first named.
	Issuer string `json:"issuer"`
	// Hosts are its DNS names.
	Hosts []string `json:"hosts"`
	// URI is its identity, as SPIFFE writes it.
	URI string `json:"uri"`
}

// Pair is a certificate and its key, as PEM.
type Pair struct {
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

// Answer is what is written to stdout.
type Answer struct {
	Authorities  map[string]string `json:"authorities"`
	Certificates map[string]Pair   `json:"certificates"`
}

type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

const lifetime = time.Hour

func main() {
	var wanted []Wanted
	if err := json.NewDecoder(os.Stdin).Decode(&wanted); err != nil {
		fail(err)
	}
	answer := Answer{Authorities: map[string]string{}, Certificates: map[string]Pair{}}
	authorities := map[string]*authority{}
	for i, w := range wanted {
		if authorities[w.Issuer] == nil {
			made, err := newAuthority(w.Issuer)
			if err != nil {
				fail(err)
			}
			authorities[w.Issuer] = made
			answer.Authorities[w.Issuer] = encode("CERTIFICATE", made.certificate.Raw)
		}
		pair, err := authorities[w.Issuer].sign(w, int64(i+2))
		if err != nil {
			fail(fmt.Errorf("cannot make the certificate %s: %w", w.Name, err))
		}
		answer.Certificates[w.Name] = pair
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fail(err)
	}
}

func newAuthority(name string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             time.Now().Add(-time.Minute),
		NotAfter:              time.Now().Add(lifetime),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &authority{certificate, key}, err
}

func (a *authority) sign(w Wanted, serial int64) (Pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Pair{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		NotBefore:    time.Now().Add(-time.Minute),
		NotAfter:     time.Now().Add(lifetime),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		DNSNames:     w.Hosts,
	}
	if w.URI != "" {
		uri, err := url.Parse(w.URI)
		if err != nil {
			return Pair{}, err
		}
		template.URIs = []*url.URL{uri}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	if err != nil {
		return Pair{}, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	return Pair{Certificate: encode("CERTIFICATE", der), Key: encode("PRIVATE KEY", private)}, err
}

func encode(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
