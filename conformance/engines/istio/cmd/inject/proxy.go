package main

import (
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

const (
	proxyName        = "istio-proxy"
	configVariable   = "PROXY_CONFIG"
	probesVariable   = "ISTIO_KUBE_APP_PROBERS"
	redirectArgument = "istio-iptables"
)

// proxy is how the proxy of a pod runs.
type proxy struct {
	Image string `json:"image"`
	// User is as whom it runs.
	User      *int64                      `json:"user,omitempty"`
	Args      []string                    `json:"args"`
	Resources corev1.ResourceRequirements `json:"resources"`
	Readiness *corev1.Probe               `json:"readiness,omitempty"`
	Startup   *corev1.Probe               `json:"startup,omitempty"`
	Lifecycle *corev1.Lifecycle           `json:"lifecycle,omitempty"`
	// Config is the ProxyConfig that its agent reads.
	Config map[string]any `json:"config,omitempty"`
	// Env are variables with values.
	Env    map[string]string `json:"env,omitempty"`
	Mounts map[string]string `json:"mounts"`
	// Redirect is what redirects the traffic of the pod is told.
	Redirect []string `json:"redirect,omitempty"`
	// Probers are the probes of other containers that its agent asks.
	Probers json.RawMessage `json:"probers,omitempty"`
	// Probes are where the kubelet asks other containers.
	Probes map[string]string `json:"probes,omitempty"`
}

func describeProxy(pod corev1.Pod) (*proxy, error) {
	result := proxy{Mounts: map[string]string{}, Env: map[string]string{}, Probes: map[string]string{}}
	for _, c := range append(append([]corev1.Container{}, pod.Spec.InitContainers...), pod.Spec.Containers...) {
		switch {
		case c.Name == proxyName:
			if err := result.read(c); err != nil {
				return nil, err
			}
		case len(c.Args) > 0 && c.Args[0] == redirectArgument:
			result.Redirect = c.Args[1:]
		case c.ReadinessProbe != nil && c.ReadinessProbe.HTTPGet != nil:
			result.Probes[c.Name] = c.ReadinessProbe.HTTPGet.Port.String() + c.ReadinessProbe.HTTPGet.Path
		}
	}
	return &result, nil
}

func (p *proxy) read(c corev1.Container) error {
	p.Image, p.Args, p.Resources, p.Readiness, p.Startup, p.Lifecycle = c.Image, c.Args, c.Resources, c.ReadinessProbe, c.StartupProbe, c.Lifecycle
	if c.SecurityContext != nil {
		p.User = c.SecurityContext.RunAsUser
	}
	for _, variable := range c.Env {
		switch {
		case variable.Name == configVariable:
			if err := json.Unmarshal([]byte(variable.Value), &p.Config); err != nil {
				return fmt.Errorf("%s: %w", configVariable, err)
			}
		case variable.Name == probesVariable:
			p.Probers = json.RawMessage(variable.Value)
		case variable.ValueFrom == nil:
			p.Env[variable.Name] = variable.Value
		}
	}
	for _, mount := range c.VolumeMounts {
		p.Mounts[mount.Name] = mount.MountPath
	}
	return nil
}
