import { App, Chart, Testing } from 'cdk8s';
import {
  Certificate, ControlPlane, DataPlane, GatewayCanary, GatewayClass, GatewayForm, GatewayHost, GatewayWorkload, GatewayWorkloadOptions, IstioMesh,
  IstioMeshProps, MeshedGateway, MeshNamespace, TlsVersion,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const certificate = Certificate.fromSecretName('shop-tls');
const all = (kind: string, apiVersion?: string) =>
  Testing.synth(chart).filter(object => object.kind === kind && (apiVersion ?? object.apiVersion) === object.apiVersion);
const ISTIO = 'networking.istio.io/v1';

function namespaces(props: IstioMeshProps = {}) {
  const mesh = new IstioMesh(chart, 'Mesh', props);
  return {
    edge: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    shop: new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' }),
    blog: new MeshNamespace(chart, 'Blog', { mesh, name: 'blog' }),
  };
}

describe('a provisioned gateway', () => {
  const make = (props = {}) => {
    const { edge, shop, blog } = namespaces();
    return new MeshedGateway(chart, 'Public', {
      namespace: edge,
      form: GatewayForm.provisioned(GatewayClass.ISTIO),
      hosts: [GatewayHost.https('shop.example.com', certificate), GatewayHost.https('*.blog.example.com', certificate)],
      admits: [shop, blog],
      ...props,
    });
  };

  test('has a listener for each host, and one on port 80 that only its own redirect may use', () => {
    make();
    const listeners = all('Gateway')[0].spec.listeners;
    expect(listeners.map(({ name, port, protocol, hostname }: any) => [name, port, protocol, hostname])).toEqual([
      ['https', 443, 'HTTPS', 'shop.example.com'],
      ['http', 80, 'HTTP', 'shop.example.com'],
      ['https-wildcard-blog-example-com', 443, 'HTTPS', '*.blog.example.com'],
      ['http-wildcard-blog-example-com', 80, 'HTTP', '*.blog.example.com'],
    ]);
    expect(listeners.map(({ allowedRoutes }: any) => allowedRoutes.namespaces)).toEqual([
      { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'blog'] }] } },
      { from: 'Same' },
      { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'blog'] }] } },
      { from: 'Same' },
    ]);
    expect(all('HTTPRoute')).toHaveLength(1);
    expect(all('HTTPRoute')[0]).toMatchObject({
      metadata: { name: 'public-redirect', namespace: 'edge' },
      spec: { parentRefs: [{ name: 'public', sectionName: 'http' }, { name: 'public', sectionName: 'http-wildcard-blog-example-com' }] },
    });
  });

  test('renames nothing when a host is added', () => {
    const gateway = make();
    const names = () => all('Gateway')[0].spec.listeners.map(({ name }: any) => name);
    const before = names();
    gateway.addHost(GatewayHost.https('new.example.com', certificate));
    expect(names().slice(0, before.length)).toEqual(before);
  });

  test('without a redirect has no port 80', () => {
    make({ redirect: false });
    expect(all('Gateway')[0].spec.listeners.map(({ port }: any) => port)).toEqual([443, 443]);
    expect(all('HTTPRoute')).toEqual([]);
  });

  test('serves plain HTTP where it is asked for, to the namespaces that it admits', () => {
    make({ hosts: [GatewayHost.http('shop.example.com')], admits: undefined });
    expect(all('Gateway')[0].spec.listeners).toEqual([
      { name: 'http', port: 80, protocol: 'HTTP', hostname: 'shop.example.com', allowedRoutes: { namespaces: { from: 'Same' } } },
    ]);
  });

  test('takes a host once, and at least one', () => {
    const gateway = make();
    expect(() => gateway.addHost(GatewayHost.http('shop.example.com'))).toThrow(
      "host 'shop.example.com' is served by gateway 'public' already: pass all of its certificates at once");
    expect(gateway.hosts.map(({ hostname }) => hostname)).toEqual(['shop.example.com', '*.blog.example.com']);
    chart = new Chart(new App(), 'other');
    expect(() => make({ hosts: [] })).toThrow("gateway 'public' needs at least one host, got none: pass GatewayHost.https(hostname, certificate)");
  });
});

describe('a self-managed gateway', () => {
  const make = (workload: GatewayWorkloadOptions = {}, props = {}, mesh: IstioMeshProps = {}) => {
    const { edge, shop, blog } = namespaces(mesh);
    return new MeshedGateway(chart, 'Gateway', {
      name: 'istio-edge',
      namespace: edge,
      form: GatewayForm.selfManaged(workload),
      hosts: [GatewayHost.https('shop.example.com', certificate), GatewayHost.http('plain.example.com')],
      admits: [shop, blog],
      ...props,
    });
  };

  test('has servers that admit routes from named namespaces, and a port 80 that redirects', () => {
    make();
    expect(all('Gateway', ISTIO)[0].spec).toEqual({
      selector: { app: 'istio-edge', istio: 'edge' },
      servers: [
        { port: { number: 80, name: 'http-shop-example-com', protocol: 'HTTP' }, hosts: ['shop.example.com'], tls: { httpsRedirect: true } },
        {
          port: { number: 443, name: 'https-shop-example-com', protocol: 'HTTPS' },
          hosts: ['shop/shop.example.com', 'blog/shop.example.com'],
          tls: { mode: 'SIMPLE', credentialName: 'shop-tls', minProtocolVersion: 'TLSV1_2' },
        },
        { port: { number: 80, name: 'http-plain-example-com', protocol: 'HTTP' }, hosts: ['shop/plain.example.com', 'blog/plain.example.com'] },
      ],
    });
  });

  test('opens the ports of its servers, and the one for health checks first', () => {
    make();
    expect(all('Service')[0].spec).toMatchObject({
      type: 'LoadBalancer',
      ports: [
        { name: 'status-port', port: 15021, targetPort: 15021, protocol: 'TCP' },
        { name: 'http2', port: 80, targetPort: 80, protocol: 'TCP' },
        { name: 'https', port: 443, targetPort: 443, protocol: 'TCP' },
      ],
      selector: { app: 'istio-edge', istio: 'edge' },
    });
  });

  test('without a redirect has no port 80, and its own namespace admits', () => {
    make({}, { hosts: [GatewayHost.https('shop.example.com', certificate)], redirect: false, admits: [], tls: { minVersion: TlsVersion.V1_3 } });
    expect(all('Gateway', ISTIO)[0].spec.servers).toEqual([{
      port: { number: 443, name: 'https-shop-example-com', protocol: 'HTTPS' },
      hosts: ['./shop.example.com'],
      tls: { mode: 'SIMPLE', credentialName: 'shop-tls', minProtocolVersion: 'TLSV1_3' },
    }]);
    expect(all('Service')[0].spec.ports.map(({ port }: any) => port)).toEqual([15021, 443]);
  });

  test('runs a hardened proxy that the injector fills in', () => {
    make();
    const { template, replicas, selector } = all('Deployment')[0].spec;
    expect(replicas).toBeUndefined();
    expect(selector).toEqual({ matchLabels: { 'app': 'istio-edge', 'istio': 'edge', 'app.kubernetes.io/instance': 'istio-edge' } });
    expect(template.metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'true', 'app.kubernetes.io/name': 'istio-edge', 'app.kubernetes.io/component': 'meshed-gateway' });
    expect(template.metadata.annotations).toMatchObject({
      'inject.istio.io/templates': 'gateway', 'prometheus.io/scrape': 'true', 'prometheus.io/port': '15020', 'prometheus.io/path': '/stats/prometheus',
    });
    expect(template.spec).toMatchObject({
      serviceAccountName: 'istio-edge',
      securityContext: { runAsNonRoot: true, sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
      containers: [{
        name: 'istio-proxy',
        image: 'auto',
        securityContext: {
          runAsNonRoot: true, privileged: false, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] },
        },
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2000m', memory: '1024Mi' } },
      }],
    });
    expect(template.spec.containers[0].startupProbe).toBeUndefined();
  });

  test('in an ambient mesh is not captured by the node', () => {
    make({}, {}, { dataPlane: DataPlane.AMBIENT, controlPlane: ControlPlane.revision('1-31') });
    expect(all('Deployment')[0].spec.template.metadata.labels).toMatchObject({ 'istio.io/dataplane-mode': 'none', 'istio.io/rev': '1-31' });
  });

  test('has a canary that shares the Service and nothing else', () => {
    const { workload } = make({ revision: '1-30', canary: GatewayCanary.replicas('1-31', 20) });
    const deployments = all('Deployment');
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['istio-edge', 'istio-edge-canary']);
    expect(deployments.map(({ spec }) => spec.template.metadata.labels['istio.io/rev'])).toEqual(['1-30', '1-31']);
    const identity = all('Service')[0].spec.selector;
    const selectors = deployments.map(({ spec }) => spec.selector.matchLabels);
    deployments.forEach(({ spec }, i) => {
      expect(spec.template.metadata.labels).toMatchObject({ ...identity, ...selectors[i] });
      expect(spec.template.metadata.labels).not.toMatchObject(selectors[1 - i]);
    });
    expect(all('HorizontalPodAutoscaler').map(({ metadata, spec }) => [metadata.labels['app.kubernetes.io/instance'], spec.scaleTargetRef.name])).toEqual([
      ['istio-edge', 'istio-edge'], ['istio-edge-canary', 'istio-edge-canary'],
    ]);
    expect(all('PodDisruptionBudget').map(({ spec }) => spec)).toEqual([{ maxUnavailable: 1, selector: { matchLabels: identity } }]);
    expect(workload.canary!.name).toBe('istio-edge-canary');
  });

  test('takes what is said of its pods and its Service', () => {
    make({
      minReplicas: 3,
      maxReplicas: 9,
      targetCpuUtilization: 60,
      podLabels: { team: 'edge' },
      podAnnotations: { 'example.com/note': 'x' },
    });
    expect(all('HorizontalPodAutoscaler')[0].spec).toMatchObject({
      minReplicas: 3, maxReplicas: 9, metrics: [{ resource: { target: { averageUtilization: 60 } } }],
    });
    expect(all('Deployment')[0].spec.template.metadata).toMatchObject({ labels: { team: 'edge' }, annotations: { 'example.com/note': 'x' } });
  });

  test('refuses a certificate of another namespace', () => {
    expect(() => make({}, { hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('tls', { namespace: 'certs' }))] })).toThrow(
      "certificate 'tls' of host 'shop.example.com' must be in namespace 'edge' of gateway 'istio-edge', got 'certs': " +
      'Istio reads it beside the pods, and takes no ReferenceGrant');
    chart = new Chart(new App(), 'other');
    expect(() => make({}, { hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('tls', { namespace: 'edge' }))] })).not.toThrow();
  });

  test('refuses replicas that cannot be', () => {
    expect(() => make({ minReplicas: 0 })).toThrow("replicas of gateway 'istio-edge' must be at least 1 and at most maxReplicas, got 0 to 5");
    chart = new Chart(new App(), 'other');
    expect(() => make({ minReplicas: 6 })).toThrow('got 6 to 5');
  });

  test.each(['inject.istio.io/templates', 'prometheus.io/port'])('refuses the pod annotation %s', key => {
    expect(() => make({ podAnnotations: { [key]: 'x' } })).toThrow(`podAnnotations of gateway 'istio-edge' must leave '${key}' alone, got 'x'`);
  });

  test.each(['app', 'istio', 'istio.io/rev', 'istio-injection', 'istio.io/dataplane-mode', 'app.kubernetes.io/instance'])('refuses the pod label %s', key => {
    expect(() => make({ podLabels: { [key]: 'x' } })).toThrow(
      `podLabels of gateway 'istio-edge' must leave '${key}' alone, got 'x': it is derived from the name and the revision of the gateway`);
  });
});

describe('in a closed namespace the gateway takes clients from outside, who have no identity', () => {
  const close = (form: GatewayForm) => {
    const { edge } = namespaces();
    new MeshedGateway(chart, 'Public', { namespace: edge, form, hosts: [GatewayHost.https('shop.example.com', certificate)] });
    expect(all('AuthorizationPolicy')).toEqual([]);
    edge._policies.close();
    return all('AuthorizationPolicy').filter(({ metadata }) => metadata.name !== 'allow-nothing');
  };

  test('by the pods of a self-managed one', () => {
    expect(close(GatewayForm.selfManaged())).toMatchObject([{
      metadata: { name: 'public-allow-clients', namespace: 'edge' },
      spec: { selector: { matchLabels: { app: 'public', istio: 'public' } }, rules: [{}] },
    }]);
  });

  test('by the Gateway of a provisioned one', () => {
    expect(close(GatewayForm.provisioned(GatewayClass.ISTIO))).toMatchObject([{
      metadata: { name: 'public-allow-clients', namespace: 'edge' },
      spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' }], rules: [{}] },
    }]);
  });

  test('and those of another controller come past its sidecar anyway', () => {
    expect(close(GatewayForm.provisioned(GatewayClass.NGINX))).toEqual([]);
  });
});

test('pods alone, for an Istio Gateway of one\'s own', () => {
  const { edge } = namespaces();
  const workload = new GatewayWorkload(chart, 'Workload', { namespace: edge, name: 'tcp-gateway' }).addPort(5432, 'tcp-postgres').addPort(5432, 'again');
  expect(workload.selector.matchLabels).toEqual({ app: 'tcp-gateway', istio: 'tcp-gateway' });
  expect(all('Service')[0].spec).toMatchObject({ type: 'ClusterIP', ports: [{ name: 'tcp-postgres', port: 5432 }] });
  expect(() => workload.addPort(0, 'zero')).toThrow("port of gateway 'tcp-gateway' must be between 1 and 65535, got 0");
});
