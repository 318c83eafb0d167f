import { App, Chart, Testing } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import {
  CaCertificate, CanaryParent, Certificate, ClientAddress, ClientCertificates, DataPlane, GatewayClass, GatewayExposure, GatewayForm, GatewayHost,
  IstioMesh, LinkerdMesh, Mesh, MeshedGateway, MeshedGatewayProps, MeshNamespace, NginxGatewayOptions, TlsVersion,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const certificate = Certificate.fromSecretName('shop-tls');
const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const one = (kind: string) => {
  const found = all(kind);
  expect(found).toHaveLength(1);
  return found[0];
};
const config = (): string => one('ConfigMap').data['nginx.conf'];
const pod = () => one('Deployment').spec.template;

interface Setup { readonly options?: NginxGatewayOptions; readonly props?: Partial<MeshedGatewayProps>; readonly mesh?: Mesh }

function make({ options, props, mesh = new IstioMesh(chart, 'Mesh') }: Setup = {}): MeshedGateway {
  return new MeshedGateway(chart, 'Gateway', {
    name: 'edge',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    form: GatewayForm.nginx(options),
    hosts: [GatewayHost.https('shop.example.com', certificate)],
    ...props,
  });
}

describe('the pods of an nginx gateway', () => {
  test('have nginx alone, which ends TLS, and a sidecar that is for what it sends', () => {
    make();

    expect(pod().metadata).toMatchObject({
      labels: { 'sidecar.istio.io/inject': 'true' },
      annotations: {
        'traffic.sidecar.istio.io/excludeInboundPorts': '80,443',
        'sidecar.istio.io/rewriteAppHTTPProbers': 'true',
        'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts":true}',
      },
    });
    expect(pod().spec.containers).toHaveLength(1);
    expect(pod().spec.containers[0]).toMatchObject({
      name: 'nginx',
      image: 'nginx:1.28',
      command: ['nginx', '-e', 'stderr', '-c', '/etc/nginx/nginx.conf'],
      ports: [{ name: 'http', containerPort: 80 }, { name: 'https', containerPort: 443 }],
    });
  });

  test('run without privileges, and write to a volume of their own only', () => {
    make();

    expect(pod().spec).toMatchObject({
      automountServiceAccountToken: false,
      serviceAccountName: 'edge',
      securityContext: { runAsNonRoot: true, fsGroup: 101, sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
      volumes: [
        { name: 'config', configMap: { name: 'edge' } },
        { name: 'cache', emptyDir: { sizeLimit: '1024Mi' } },
        { name: 'certificate-0', secret: { secretName: 'shop-tls', defaultMode: 0o440 } },
      ],
    });
    expect(pod().spec.containers[0]).toMatchObject({
      securityContext: {
        runAsUser: 101,
        runAsGroup: 101,
        runAsNonRoot: true,
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumeMounts: [
        { name: 'config', mountPath: '/etc/nginx', readOnly: true },
        { name: 'cache', mountPath: '/var/cache/nginx', readOnly: false },
        { name: 'certificate-0', mountPath: '/etc/nginx-certificates/shop-tls', readOnly: true },
      ],
    });
  });

  test('are asked for their health on a port that clients do not reach', () => {
    make();

    const { startupProbe, readinessProbe, livenessProbe, lifecycle } = pod().spec.containers[0];
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      expect(probe.httpGet).toMatchObject({ path: '/healthz', port: 8081 });
    }
    expect(lifecycle.preStop.exec.command).toEqual(['/bin/sleep', '5']);
    expect(one('Service').spec.ports.map(({ port }: any) => port)).toEqual([80, 443]);
    expect(config()).toContain('listen 8081;');
  });

  test('start again when the configuration changes', () => {
    const gateway = make();
    const checksum = () => pod().metadata.annotations['checksum/config'];
    const before = checksum();

    gateway.addHost(GatewayHost.http('plain.example.com'));

    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum()).not.toBe(before);
  });

  test('are selected by labels that never change, and scaled', () => {
    make({ options: { minReplicas: 3, maxReplicas: 7, targetCpuUtilization: 60, maxUnavailable: 2 } });

    const identity = { 'app.kubernetes.io/name': 'edge', 'app.kubernetes.io/component': 'meshed-gateway' };
    expect(one('Deployment').spec.selector).toEqual({ matchLabels: identity });
    expect(one('Deployment').spec.replicas).toBeUndefined();
    expect(one('Service').spec.selector).toEqual(identity);
    expect(one('PodDisruptionBudget').spec).toEqual({ maxUnavailable: 2, selector: { matchLabels: identity } });
    expect(one('HorizontalPodAutoscaler').spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'edge' },
      minReplicas: 3,
      maxReplicas: 7,
      metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
    });
  });

  test('have two replicas at least, or the most that there may be', () => {
    make({ options: { maxReplicas: 1 } });

    expect(one('HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 1, maxReplicas: 1 });
  });

  test('take labels, annotations, environment, resources and places', () => {
    const resources: ContainerResources = { cpu: { request: Cpu.millis(500), limit: Cpu.millis(2500) } };
    make({
      options: {
        image: 'nginxinc/nginx-unprivileged:1.28',
        podLabels: { team: 'edge' },
        podAnnotations: { note: 'x' },
        environment: { TZ: 'UTC' },
        resources,
        nodeSelector: { pool: 'edge' },
        priorityClassName: 'high',
        serviceAccountAnnotations: { role: 'edge' },
      },
    });

    expect(pod().metadata).toMatchObject({ labels: { team: 'edge' }, annotations: { note: 'x' } });
    expect(pod().spec).toMatchObject({ nodeSelector: { pool: 'edge' }, priorityClassName: 'high' });
    expect(pod().spec.containers[0]).toMatchObject({
      image: 'nginxinc/nginx-unprivileged:1.28', env: [{ name: 'TZ', value: 'UTC' }], resources: { requests: { cpu: '500m' }, limits: { cpu: '2500m' } },
    });
    expect(one('ServiceAccount').metadata.annotations).toEqual({ role: 'edge' });
    expect(config()).toContain('worker_processes 3;');
  });

  test.each([
    [Cpu.units(4), 4],
    [Cpu.millis(100), 1],
  ])('have a worker for each CPU that they may use', (limit, workers) => {
    make({ options: { resources: { cpu: { limit } } } });

    expect(config()).toContain(`worker_processes ${workers};`);
  });

  test('refuse labels and annotations that are derived', () => {
    expect(() => make({ options: { podLabels: { 'app.kubernetes.io/name': 'x' } } }))
      .toThrow("podLabels of gateway 'edge' must leave 'app.kubernetes.io/name' alone, got 'x': it is derived from the gateway");
  });

  test('refuse an annotation that is derived', () => {
    expect(() => make({ options: { podAnnotations: { 'checksum/config': 'x' } } }))
      .toThrow("podAnnotations of gateway 'edge' must leave 'checksum/config' alone, got 'x': it is derived from the gateway");
  });

  test('refuse an image that is none', () => {
    expect(() => make({ options: { image: 'nginx 1.28' } })).toThrow("image of nginx must be the name of an image, got 'nginx 1.28'");
  });

  test('refuse replicas that contradict', () => {
    expect(() => make({ options: { minReplicas: 3, maxReplicas: 2 } })).toThrow("replicas of gateway 'edge' must be at least 1 and at most maxReplicas, got 3 to 2");
  });
});

describe('the mesh around an nginx gateway', () => {
  test('gets what is said of the proxy, beside what the gateway needs', () => {
    make({ options: { proxy: { excludedInboundPorts: [9113, 443], nativeSidecar: true, istio: { revision: 'canary', includedOutboundIpRanges: ['10.0.0.0/8'] } } } });

    expect(pod().metadata.labels['istio.io/rev']).toBe('canary');
    expect(pod().metadata.annotations).toMatchObject({
      'traffic.sidecar.istio.io/excludeInboundPorts': '80,443,9113',
      'traffic.sidecar.istio.io/includeOutboundIPRanges': '10.0.0.0/8',
      'sidecar.istio.io/nativeSidecar': 'true',
      'sidecar.istio.io/rewriteAppHTTPProbers': 'true',
    });
  });

  test('knows that nobody takes mutual TLS on the public ports, for callers from within', () => {
    make();

    expect(all('PeerAuthentication').find(({ metadata }) => metadata.name === 'edge-public-ports')).toMatchObject({
      metadata: { namespace: 'edge' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'edge', 'app.kubernetes.io/component': 'meshed-gateway' } },
        portLevelMtls: { 80: { mode: 'DISABLE' }, 443: { mode: 'DISABLE' } },
      },
    });
  });

  test('is left alone in the root namespace, where a selector counts for nothing', () => {
    const mesh = new IstioMesh(chart, 'Mesh');
    make({ mesh, props: { namespace: MeshNamespace.fromNamespaceName(chart, 'Root', 'istio-system', { mesh }), besideControlPlane: true } });

    expect(all('PeerAuthentication').map(({ metadata }) => metadata.name)).toEqual(['default']);
    expect(one('Deployment').metadata.namespace).toBe('istio-system');
  });

  test('captures what nginx sends in an ambient mesh, and not what arrives', () => {
    make({ mesh: new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT }) });

    expect(pod().metadata.labels['istio.io/dataplane-mode']).toBe('ambient');
    expect(pod().metadata.annotations).toMatchObject({ 'ambient.istio.io/bypass-inbound-capture': 'true' });
    expect(Object.keys(pod().metadata.annotations).filter(key => key.includes('sidecar'))).toEqual([]);
    expect(all('PeerAuthentication').map(({ metadata }) => metadata.name)).toEqual(['default']);
  });

  test('may be told more of an ambient pod', () => {
    make({ mesh: new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT }), options: { proxy: { ambient: { dnsCapture: false } } } });

    expect(pod().metadata.annotations).toMatchObject({ 'ambient.istio.io/bypass-inbound-capture': 'true', 'ambient.istio.io/dns-capture': 'false' });
  });

  test('is Linkerd as well: clients and the kubelet come past its proxy', () => {
    make({ mesh: new LinkerdMesh(chart, 'Mesh') });

    expect(pod().metadata.annotations).toMatchObject({ 'linkerd.io/inject': 'enabled', 'config.linkerd.io/skip-inbound-ports': '80,443,8081' });
    expect(all('PeerAuthentication')).toEqual([]);
  });
});

describe('an nginx gateway', () => {
  test('has a Service each for how it is reached', () => {
    make({ props: { exposures: [GatewayExposure.nodePort({ nodePorts: { 443: 30443 } }), GatewayExposure.clusterIp()] } });

    expect(all('Service').map(({ metadata, spec }) => [metadata.name, spec.type, spec.ports.map(({ name, port, targetPort, nodePort }: any) => [name, port, targetPort, nodePort])]))
      .toEqual([
        ['edge', 'NodePort', [['http', 80, 80, undefined], ['https', 443, 443, 30443]]],
        ['edge-cluster', 'ClusterIP', [['http', 80, 80, undefined], ['https', 443, 443, undefined]]],
      ]);
  });

  test('is reached by a load balancer unless somebody says otherwise', () => {
    make();

    expect(one('Service').spec.type).toBe('LoadBalancer');
    expect(one('Service').spec.externalTrafficPolicy).toBeUndefined();
  });

  test('sees its peers where their addresses count', () => {
    make({ props: { clientAddress: ClientAddress.PEER } });

    expect(one('Service').spec.externalTrafficPolicy).toBe('Local');
  });

  test('has no port 80 without a redirect', () => {
    make({ props: { redirect: false } });

    expect(one('Service').spec.ports.map(({ port }: any) => port)).toEqual([443]);
    expect(pod().spec.containers[0].ports.map(({ containerPort }: any) => containerPort)).toEqual([443]);
    expect(config()).not.toMatch(/listen 80\b/);
  });

  test('shows its objects, and the identity by which workloads know it', () => {
    const gateway = make();

    expect(gateway.nginx.deployment.name).toBe('edge');
    expect(gateway.nginx.service.name).toBe('edge');
    expect(gateway.nginx.configMap.name).toBe('edge');
    expect(gateway.nginx.serviceAccount.name).toBe('edge');
    expect(gateway.clientServiceAccount).toBe('edge');
  });

  test('has labels of the pattern on every object', () => {
    make();

    for (const kind of ['ServiceAccount', 'ConfigMap', 'Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Service']) {
      expect(one(kind).metadata).toMatchObject({ name: 'edge', namespace: 'edge', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-mesh' } });
    }
  });

  test.each([
    [GatewayHost.tcp(5432), "gateway 'edge' with nginx serves HTTP and HTTPS only, got port 5432 for TCP: use GatewayForm.selfManaged() for it"],
    [GatewayHost.passthrough('db.example.com'), "gateway 'edge' with nginx serves HTTP and HTTPS only, got host 'db.example.com' for TLS: use GatewayForm.selfManaged() for it"],
  ])('refuses what is not HTTP', (host, message) => {
    const gateway = make();

    expect(() => gateway.addHost(host)).toThrow(message);
  });

  test.each([
    [Certificate.fromSecretName('tls', { namespace: 'other' }),
      "certificate of host 'a.example.com' of gateway 'edge' must be in namespace 'edge', got 'tls' in 'other': pods mount what is in their own namespace only"],
    [Certificate.of({ group: 'networking.gke.io', kind: 'ManagedCertificate', name: 'tls' }),
      "certificate of host 'a.example.com' of gateway 'edge' must be in a Secret that nginx's pods mount, got ManagedCertificate 'tls'"],
  ])('refuses a certificate that its pods cannot mount', (other, message) => {
    const gateway = make();

    expect(() => gateway.addHost(GatewayHost.https('a.example.com', other))).toThrow(message);
  });

  test('mounts a Secret once, whatever its name', () => {
    const shared = Certificate.fromSecretName('a.tls.secret');
    make().addHost(GatewayHost.https('a.example.com', shared, certificate)).addHost(GatewayHost.https('b.example.com', shared));

    expect(pod().spec.volumes.slice(2)).toEqual([
      { name: 'certificate-0', secret: { secretName: 'shop-tls', defaultMode: 0o440 } },
      { name: 'certificate-1', secret: { secretName: 'a.tls.secret', defaultMode: 0o440 } },
    ]);
    expect(config().match(/ssl_certificate \S+;/g)).toEqual([
      'ssl_certificate $certificates/shop-tls/tls.crt;',
      'ssl_certificate $certificates/a.tls.secret/tls.crt;',
      'ssl_certificate $certificates/shop-tls/tls.crt;',
      'ssl_certificate $certificates/a.tls.secret/tls.crt;',
    ]);
  });

  test.each([
    [CaCertificate.configMapName('client-ca'), { name: 'client-authority', configMap: { name: 'client-ca' } }],
    [CaCertificate.secretName('client-ca'),
      { name: 'client-authority', secret: { secretName: 'client-ca', defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
  ])('asks clients for certificates of an authority that it mounts', (authority, volume) => {
    make({ props: { tls: { clientCertificates: ClientCertificates.required(authority) } } });

    expect(pod().spec.volumes).toContainEqual(volume);
    expect(pod().spec.containers[0].volumeMounts).toContainEqual({ name: 'client-authority', mountPath: '/etc/nginx-clients', readOnly: true });
    expect(config()).toContain('ssl_client_certificate /etc/nginx-clients/ca.crt;\n  ssl_verify_client on;');
    expect(config()).toContain('proxy_set_header X-Client-Verify $ssl_client_verify;');
  });

  test('may leave it to clients whether they show a certificate', () => {
    make({ props: { tls: { clientCertificates: ClientCertificates.optional(CaCertificate.configMapName('client-ca')) } } });

    expect(config()).toContain('ssl_verify_client optional;');
  });

  test.each([
    [CaCertificate.configMapName('ca', { namespace: 'other' }),
      "authority of clients of gateway 'edge' must be in namespace 'edge', got 'ca' in 'other': pods mount what is in their own namespace only"],
    [CaCertificate.clusterTrustBundle('ca'), "authority of clients of gateway 'edge' must be in a Secret or ConfigMap that nginx's pods mount, got ClusterTrustBundle 'ca'"],
  ])('refuses an authority that its pods cannot mount', (authority, message) => {
    expect(() => make({ props: { tls: { clientCertificates: ClientCertificates.required(authority) } } })).toThrow(message);
  });

  test('takes no route of Gateway API or Istio', () => {
    const gateway = make();

    expect(() => CanaryParent.gateway(gateway)).toThrow("gateway 'edge' is an nginx, to which no route binds: call addNginxRoute with the Service, and pass " +
      'CanaryParent.service, whose requests its sidecar divides');
    expect(() => gateway.policyScope).toThrow("gateway 'edge' has no proxy that policies of Istio bind");
  });

  test('is none of the other forms', () => {
    const gateway = make({ props: { form: GatewayForm.provisioned(GatewayClass.ISTIO) } });

    expect(() => gateway.nginx).toThrow("gateway 'edge' has no nginx: use a route that binds to it, such as CanaryRoute, or GatewayForm.nginx()");
  });
});

describe('TLS of an nginx gateway', () => {
  test('is 1.2 and 1.3 with forward secrecy', () => {
    make();

    expect(config()).toContain('ssl_protocols TLSv1.2 TLSv1.3;');
    expect(config()).toContain('ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:' +
      'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305;');
    expect(config()).toContain('ssl_reject_handshake on;');
  });

  test.each([
    [{ minVersion: TlsVersion.V1_3 }, 'ssl_protocols TLSv1.3;'],
    [{ maxVersion: TlsVersion.V1_2 }, 'ssl_protocols TLSv1.2;'],
    [{ cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'] }, 'ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384;'],
  ])('is %j', (tls, line) => {
    make({ props: { tls } });

    expect(config()).toContain(line);
  });

  test.each([
    [{ minVersion: TlsVersion.V1_1 }, "minVersion of gateway 'edge' must be TLS 1.2 or 1.3 with nginx, got TLSV1_1: its OpenSSL refuses older versions"],
    [{ maxVersion: TlsVersion.V1_0 }, "maxVersion of gateway 'edge' must be TLS 1.2 or 1.3 with nginx, got TLSV1_0: its OpenSSL refuses older versions"],
    [{ minVersion: TlsVersion.V1_3, maxVersion: TlsVersion.V1_2 }, "minVersion of gateway 'edge' must not be newer than maxVersion, got TLSV1_3 and TLSV1_2"],
    [{ cipherSuites: [] }, "cipherSuites of gateway 'edge' must name at least one suite, got none: leave them out"],
    [{ cipherSuites: ['ALL;}'] }, "cipherSuites of gateway 'edge' must be OpenSSL's names, such as ECDHE-RSA-AES128-GCM-SHA256, got 'ALL;}'"],
    [{ cipherSuites: ['A', 'A'] }, "cipherSuites of gateway 'edge' must differ from each other, got 'A' twice"],
  ])('is not %j', (tls, message) => {
    expect(() => make({ props: { tls } })).toThrow(message);
  });
});

describe('what clients say of their addresses', () => {
  test('counts for nothing', () => {
    make();

    expect(config()).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(config()).not.toMatch(/real_ip/);
  });

  test('counts where a trusted proxy says it', () => {
    make({ options: { trustedProxies: ['10.0.0.0/8', '2001:db8::1'] } });

    expect(config()).toContain('set_real_ip_from 10.0.0.0/8;\n  set_real_ip_from 2001:db8::1;\n  real_ip_header X-Forwarded-For;\n  real_ip_recursive on;');
    expect(config()).not.toContain('proxy_protocol');
  });

  test.each([
    [undefined, ['0.0.0.0/0', '::/0']],
    [['10.0.0.0/8'], ['10.0.0.0/8']],
  ])('counts where the PROXY protocol says it, of %j', (trustedProxies, trusted) => {
    make({ options: { trustedProxies }, props: { clientAddress: ClientAddress.PROXY_PROTOCOL } });

    expect(config().match(/(?<=set_real_ip_from )\S+(?=;)/g)).toEqual(trusted);
    expect(config()).toContain('real_ip_header proxy_protocol;');
    expect(config().match(/listen .*/g)).toEqual([
      'listen 8081;', 'listen 80 proxy_protocol default_server;', 'listen 443 ssl http2 proxy_protocol default_server;', 'listen 80 proxy_protocol;',
      'listen 443 ssl http2 proxy_protocol;',
    ]);
  });

  test('cannot be counted from the end', () => {
    expect(() => make({ props: { clientAddress: ClientAddress.forwardedFor(2) } })).toThrow(
      "clientAddress of gateway 'edge' cannot count proxies, got 2: nginx knows them by their addresses; pass trustedProxies to GatewayForm.nginx");
  });

  test('cannot be both the peer and what a proxy says', () => {
    expect(() => make({ options: { trustedProxies: ['10.0.0.0/8'] }, props: { clientAddress: ClientAddress.PEER } })).toThrow(
      "trustedProxies of gateway 'edge' tell the address of clients, got ClientAddress.PEER as well: leave one of both out");
  });

  test('is no list of nothing, or of what is no address', () => {
    expect(() => make({ options: { trustedProxies: [] } })).toThrow("trustedProxies of gateway 'edge' must name at least one address or block, got none: leave it out");
  });

  test('is no way out of the configuration', () => {
    expect(() => make({ options: { trustedProxies: ['10.0.0.0/8; return 200'] } })).toThrow(
      "trustedProxies of gateway 'edge' must be an IP address or a CIDR block such as 10.0.0.0/8, got '10.0.0.0/8; return 200'");
  });
});

describe('nginx itself', () => {
  test('asks the DNS of the cluster when requests come', () => {
    make();

    expect(config()).toContain('resolver kube-dns.kube-system.svc.cluster.local valid=10s;');
  });

  test.each([
    ['10.96.0.10', 'resolver 10.96.0.10 valid=10s;'],
    ['fd00::10', 'resolver [fd00::10] valid=10s;'],
    ['dns-default.openshift-dns.svc.cluster.local', 'resolver dns-default.openshift-dns.svc.cluster.local valid=10s;'],
  ])('may ask %s', (resolver, line) => {
    make({ options: { resolver } });

    expect(config()).toContain(line);
  });

  test('asks nobody whose name is none', () => {
    expect(() => make({ options: { resolver: '10.0.0.1;' } })).toThrow("resolver of gateway 'edge' must be a DNS subdomain");
  });

  test('listens on IPv6 where it is told to', () => {
    make({ options: { ipv6: true } });

    expect(config().match(/listen .*/g)).toEqual([
      'listen 8081;', 'listen [::]:8081;', 'listen 80 default_server;', 'listen [::]:80 default_server;', 'listen 443 ssl http2 default_server;',
      'listen [::]:443 ssl http2 default_server;', 'listen 80;', 'listen [::]:80;', 'listen 443 ssl http2;', 'listen [::]:443 ssl http2;',
    ]);
  });

  test('speaks no HTTP/2 where it is told not to', () => {
    make({ options: { http2: false } });

    expect(config()).not.toContain('http2');
  });

  test('has no TLS where no host has it', () => {
    make({ props: { hosts: [GatewayHost.http('plain.example.com')] } });

    expect(config()).not.toMatch(/ssl|443 /);
    expect(one('Service').spec.ports.map(({ port }: any) => port)).toEqual([80]);
  });
});
