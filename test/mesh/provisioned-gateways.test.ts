import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  CaCertificate, Certificate, ClientAddress, ClientCertificates, ExternalTrafficPolicy, GatewayAddressType, GatewayClass, GatewayExposure,
  GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshedGatewayProps, MeshNamespace, ProvisionedGatewayOptions, TlsVersion,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const ISTIO = GatewayClass.ISTIO;
const ENVOY = GatewayClass.ENVOY_GATEWAY;
const OF_PODS: ProvisionedGatewayOptions = {
  resources: { cpu: { request: Cpu.millis(200) }, memory: { limit: Size.gibibytes(1) }, ephemeralStorage: { request: Size.mebibytes(10) } },
  environment: { A: 'b' },
  podLabels: { team: 'edge' },
  podAnnotations: { note: 'x' },
  nodeSelector: { pool: 'edge' },
  tolerations: [{ key: 'edge', operator: 'Exists' }],
  priorityClassName: 'edge',
};

function make(gatewayClass: typeof ISTIO, options: ProvisionedGatewayOptions = {}, props: Partial<MeshedGatewayProps> = {}) {
  const mesh = new IstioMesh(chart, 'Mesh');
  return new MeshedGateway(chart, 'Gateway', {
    name: 'door',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    form: GatewayForm.provisioned(gatewayClass, options),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    ...props,
  });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const data = () => all('ConfigMap')[0].data;

describe('what Istio is told of what it makes', () => {
  test('is nothing, when nothing is said', () => {
    make(ISTIO);
    expect(all('ConfigMap')).toEqual([]);
    expect(all('Gateway')[0].metadata.annotations).toBeUndefined();
    expect(all('Gateway')[0].spec.infrastructure).toBeUndefined();
  });

  test('is in annotations of the Gateway: names and addresses', () => {
    const gateway = make(ISTIO, { objectName: 'front', serviceAccount: 'front-account', addressType: GatewayAddressType.HOSTNAME });
    expect(all('Gateway')[0].metadata.annotations).toEqual({
      'gateway.istio.io/name-override': 'front', 'gateway.istio.io/service-account': 'front-account', 'networking.istio.io/address-type': 'Hostname',
    });
    expect(gateway.clientServiceAccount).toBe('front-account');
  });

  test('is in a ConfigMap that the Gateway names', () => {
    make(ISTIO, { maxUnavailable: 1 });
    expect(all('ConfigMap')[0].metadata).toMatchObject({ name: 'door-parameters', namespace: 'edge', labels: { 'app.kubernetes.io/component': 'meshed-gateway' } });
    expect(all('Gateway')[0].spec.infrastructure).toEqual({ labels: {}, annotations: {}, parametersRef: { group: '', kind: 'ConfigMap', name: 'door-parameters' } });
    expect(data()).toEqual({ podDisruptionBudget: 'spec:\n  maxUnavailable: 1\n' });
  });

  test.each([
    [{ minReplicas: 3 }, [3, 5]], [{ minReplicas: 7 }, [7, 7]], [{ maxReplicas: 1 }, [1, 1]], [{ minReplicas: 3, maxReplicas: 9 }, [3, 9]],
  ])('of the autoscaler: %j', (options, [least, most]) => {
    make(ISTIO, { ...options, targetCpuUtilization: 60, targetMemoryUtilization: 70 });
    expect(Object.keys(data())).toEqual(['horizontalPodAutoscaler']);
    expect(data().horizontalPodAutoscaler).toContain(`minReplicas: ${least}\n  maxReplicas: ${most}\n`);
    expect(data().horizontalPodAutoscaler).toContain('averageUtilization: 60');
    expect(data().horizontalPodAutoscaler).toContain('averageUtilization: 70');
  });

  test('of pods and their service account', () => {
    make(ISTIO, {
      ...OF_PODS,
      terminationGracePeriod: Duration.minutes(2),
      serviceAccountAnnotations: { cloud: 'edge' },
      topologySpread: [
        { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
      ],
    });
    expect(data()).toEqual({
      deployment: [
        'spec:', '  template:', '    metadata:', '      labels:', '        team: edge', '      annotations:', '        note: x',
        '    spec:', '      nodeSelector:', '        pool: edge', '      tolerations:', '        - key: edge', '          operator: Exists',
        '      topologySpreadConstraints:', '        - labelSelector:', '            matchLabels:', '              gateway.networking.k8s.io/gateway-name: door',
        '          maxSkew: 1', '          topologyKey: zone', '          whenUnsatisfiable: DoNotSchedule', '      priorityClassName: edge',
        '      terminationGracePeriodSeconds: 120', '      containers:', '        - name: istio-proxy', '          env:', '            - name: A', '              value: b',
        '          resources:', '            requests:', '              cpu: 200m', '              ephemeral-storage: 10Mi', '            limits:', '              memory: 1024Mi', '',
      ].join('\n'),
      serviceAccount: 'metadata:\n  annotations:\n    cloud: edge\n',
    });
  });

  test('takes patches over it', () => {
    make(ISTIO, {
      maxUnavailable: 1,
      patches: {
        deployment: { spec: { revisionHistoryLimit: 3 } }, podDisruptionBudget: { spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } },
      },
    });
    expect(data()).toEqual({
      deployment: 'spec:\n  revisionHistoryLimit: 3\n', podDisruptionBudget: 'spec:\n  maxUnavailable: 1\n  unhealthyPodEvictionPolicy: AlwaysAllow\n',
    });
  });

  test('may be all in an object of one\'s own', () => {
    const parameters = { group: '', kind: 'ConfigMap', name: 'mine' };
    make(ISTIO, { parameters });
    expect(all('Gateway')[0].spec.infrastructure.parametersRef).toEqual(parameters);
    chart = new Chart(new App(), 'other');
    expect(() => make(ISTIO, { parameters, minReplicas: 2, maxUnavailable: 1 })).toThrow(
      "parameters of gateway 'door' must hold all settings, got ConfigMap 'mine' beside what needs horizontalPodAutoscaler, podDisruptionBudget: " +
      'write it there, or leave parameters out');
  });

  test.each([
    ['name', { metadata: { name: 'x' } }], ['namespace', { metadata: { namespace: 'x' } }], ['finalizers', { metadata: { finalizers: [] } }], ['kind', { kind: 'DaemonSet' }],
  ])('must leave %s alone', (field, patch) => {
    expect(() => make(ISTIO, { patches: { deployment: patch } })).toThrow(
      `patch of the deployment of gateway 'door' must leave '${field}' alone: Istio makes nothing for the gateway otherwise; leave it out`);
  });

  test('must be possible', () => {
    expect(() => make(ISTIO, { minReplicas: 3, maxReplicas: 2 })).toThrow("replicas of gateway 'door' must be at least 1 and at most maxReplicas, got 3 to 2");
    chart = new Chart(new App(), 'b');
    expect(() => make(ISTIO, { minReplicas: 2, targetCpuUtilization: 0 })).toThrow("targetCpuUtilization of gateway 'door' must be between 1 and 2147483647, got 0");
    chart = new Chart(new App(), 'c');
    expect(() => make(ISTIO, { podLabels: { 'istio.io/rev': 'x' } })).toThrow(
      "podLabels of gateway 'door' must leave 'istio.io/rev' alone, got 'x': Istio says how its proxy joins the mesh");
    chart = new Chart(new App(), 'd');
    expect(() => make(ISTIO, { labels: { 'sidecar.istio.io/inject': 'true' } })).toThrow(
      "labels of gateway 'door' must leave 'sidecar.istio.io/inject' alone, got 'true': the mesh says how the gateway joins it");
    chart = new Chart(new App(), 'e');
    expect(() => make(ISTIO, { envoyProxy: {} })).toThrow("envoyProxy of gateway 'door' is for Envoy Gateway, got it for gateway class 'istio': use patches");
  });
});

describe('what Envoy Gateway is told', () => {
  const proxy = () => all('EnvoyProxy')[0].spec;

  test('is to send to the addresses of Services, over what its class says', () => {
    make(ENVOY);
    expect(all('EnvoyProxy')).toMatchObject([{ apiVersion: 'gateway.envoyproxy.io/v1alpha1', metadata: { name: 'door', namespace: 'edge' } }]);
    expect(proxy()).toEqual({ mergeType: 'StrategicMerge', routingType: 'Service' });
    expect(all('Gateway')[0].spec.infrastructure.parametersRef).toEqual({ group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'door' });
    expect(all('ClientTrafficPolicy')).toEqual([]);
  });

  test('of pods', () => {
    make(ENVOY, { ...OF_PODS, minReplicas: 3, maxUnavailable: 2 });
    expect(proxy().provider).toEqual({
      type: 'Kubernetes',
      kubernetes: {
        envoyDeployment: {
          pod: {
            labels: { team: 'edge' }, annotations: { note: 'x' }, nodeSelector: { pool: 'edge' }, tolerations: [{ key: 'edge', operator: 'Exists' }], priorityClassName: 'edge',
          },
          container: {
            env: [{ name: 'A', value: 'b' }],
            resources: { requests: { 'cpu': '200m', 'ephemeral-storage': '10Mi' }, limits: { memory: '1024Mi' } },
          },
        },
        envoyHpa: {
          minReplicas: 3, maxReplicas: 5, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
        },
        envoyPDB: { maxUnavailable: 2 },
      },
    });
  });

  test('of its Service', () => {
    make(ENVOY, {}, {
      exposures: [GatewayExposure.external({
        sourceRanges: ['10.0.0.0/8'],
        loadBalancerClass: 'example.com/lb',
        annotations: { a: 'b' },
        loadBalancerIp: '203.0.113.7',
        allocateNodePorts: false,
        externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER,
      })],
    });
    expect(proxy().provider.kubernetes).toEqual({
      envoyService: {
        type: 'LoadBalancer',
        annotations: { a: 'b' },
        loadBalancerSourceRanges: ['10.0.0.0/8'],
        loadBalancerClass: 'example.com/lb',
        loadBalancerIP: '203.0.113.7',
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: 'Cluster',
      },
    });
    chart = new Chart(new App(), 'b');
    expect(() => make(ENVOY, {}, { exposures: [GatewayExposure.external(), GatewayExposure.clusterIp()] })).toThrow(
      "exposures of gateway 'door' cannot be several for Envoy Gateway, which makes one Service, got 2: make a MeshedGateway for each");
    chart = new Chart(new App(), 'c');
    expect(() => make(ENVOY, {}, { exposures: [GatewayExposure.nodePort({ nodePorts: { 443: 30443 } })] })).toThrow(
      "nodePorts of gateway 'door' cannot be told to Envoy Gateway, got {\"443\":30443}: leave them out");
  });

  test('of settings of one\'s own, which may not undo it', () => {
    make(ENVOY, { maxUnavailable: 1, envoyProxy: { logging: { level: { default: 'info' } }, mergeType: 'Replace', provider: { kubernetes: { envoyPDB: { maxUnavailable: 3 } } } } });
    expect(proxy()).toEqual({
      mergeType: 'Replace', routingType: 'Service', provider: { type: 'Kubernetes', kubernetes: { envoyPDB: { maxUnavailable: 3 } } }, logging: { level: { default: 'info' } },
    });
    chart = new Chart(new App(), 'b');
    expect(() => make(ENVOY, { envoyProxy: { routingType: 'Endpoint' } })).toThrow(
      "routingType of the EnvoyProxy of gateway 'door' must be Service, got \"Endpoint\": a proxy that chooses pods by itself goes past the mesh; leave it out");
  });

  test('may be all in an object of one\'s own', () => {
    const parameters = { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'mine' };
    make(ENVOY, { parameters });
    expect(all('EnvoyProxy')).toEqual([]);
    expect(all('Gateway')[0].spec.infrastructure.parametersRef).toEqual(parameters);
    chart = new Chart(new App(), 'b');
    expect(() => make(ENVOY, { parameters, maxUnavailable: 1 })).toThrow(
      "parameters of gateway 'door' must hold all settings, got EnvoyProxy 'mine' beside options that need an EnvoyProxy: " +
      'write them there with routingType: Service, or leave parameters out');
  });

  test.each(['patches', 'objectName', 'addressType', 'serviceAccountAnnotations', 'terminationGracePeriod'])('is not %s', field => {
    expect(() => make(ENVOY, { [field]: {} } as ProvisionedGatewayOptions)).toThrow(
      `${field} of gateway 'door' is for gateways of Istio, got it for Envoy Gateway: pass envoyProxy`);
  });

  test('of TLS', () => {
    make(ENVOY, {}, {
      tls: {
        minVersion: TlsVersion.V1_2, maxVersion: TlsVersion.V1_3, cipherSuites: ['AES128-SHA'], clientCertificates: ClientCertificates.required(CaCertificate.configMapName('clients')),
      },
    });
    expect(all('ClientTrafficPolicy')[0]).toMatchObject({
      metadata: { name: 'door', namespace: 'edge' },
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'door' }],
        tls: {
          minVersion: '1.2',
          maxVersion: '1.3',
          ciphers: ['AES128-SHA'],
          clientValidation: { mode: 'RequireAndVerify', caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'clients' }] },
        },
      },
    });
    expect(all('Gateway')[0].spec.tls).toBeUndefined();
  });

  test('of certificates that clients may show', () => {
    make(ENVOY, {}, { tls: { clientCertificates: ClientCertificates.optional(CaCertificate.secretName('clients')) } });
    expect(all('ClientTrafficPolicy')[0].spec.tls).toEqual({
      clientValidation: { mode: 'VerifyIfGiven', caCertificateRefs: [{ group: '', kind: 'Secret', name: 'clients' }] },
    });
  });

  test('of versions that fit', () => {
    expect(() => make(ENVOY, {}, { tls: { minVersion: TlsVersion.V1_3, cipherSuites: ['AES128-SHA'] } })).toThrow(
      "cipherSuites of gateway 'door' are for TLS up to 1.2, got them with minVersion TLSV1_3: leave one of both out");
    chart = new Chart(new App(), 'b');
    expect(() => make(ENVOY, {}, { tls: { minVersion: TlsVersion.V1_3, maxVersion: TlsVersion.V1_2 } })).toThrow('minProtocolVersion must not be above maxProtocolVersion');
  });

  test.each([
    [ClientAddress.forwardedFor(2), { clientIPDetection: { xForwardedFor: { numTrustedHops: 2 } } }],
    [ClientAddress.PROXY_PROTOCOL, { proxyProtocol: {} }],
  ])('of addresses of clients (%#)', (clientAddress, told) => {
    make(ENVOY, {}, { clientAddress });
    const { targetRefs, ...rest } = all('ClientTrafficPolicy')[0].spec;
    expect(rest).toEqual(told);
  });

  test('of peers, which its Service must not hide', () => {
    make(ENVOY, {}, { clientAddress: ClientAddress.PEER });
    expect(all('ClientTrafficPolicy')).toEqual([]);
    expect(proxy().provider.kubernetes).toEqual({ envoyService: { externalTrafficPolicy: 'Local' } });
  });
});

test.each(['minReplicas', 'resources', 'objectName', 'envoyProxy', 'patches'])('%s is not told to classes of which nothing is known', field => {
  expect(() => make(GatewayClass.NGINX, { [field]: {} } as ProvisionedGatewayOptions)).toThrow(
    `${field} of gateway 'door' cannot be told to gateway class 'nginx': Gateway API has no field for it; ` +
    'say it in an object of the class and pass that as parameters, or use GatewayForm.selfManaged()');
});
