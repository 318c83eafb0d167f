import { ApiObject, App, Chart } from 'cdk8s';

interface Sample {
  readonly name: string;
  /** Ports of its Service by name, and where the pods listen. */
  readonly ports: { readonly [name: string]: readonly [port: number, targetPort: number] };
  /** Of the pods; one Deployment for each. */
  readonly versions?: readonly string[];
  readonly serviceAccount?: string;
  readonly labels?: { readonly [key: string]: string };
}

const bookinfo = (name: string, ...versions: string[]): Sample => ({ name, ports: { http: [9080, 9080] }, versions, serviceAccount: `bookinfo-${name}` });
const BOOKINFO = [bookinfo('productpage', 'v1'), bookinfo('details', 'v1', 'v2'), bookinfo('reviews', 'v1', 'v2', 'v3'), bookinfo('ratings', 'v1', 'v2')];
const HTTPBIN: Sample = { name: 'httpbin', ports: { http: [8000, 8080] }, versions: ['v1', 'v2'] };
const CURL: Sample = { name: 'curl', ports: { http: [80, 80] } };
const TCP_ECHO: Sample = { name: 'tcp-echo', ports: { 'tcp': [9000, 9000], 'tcp-other': [9001, 9001] }, versions: ['v1', 'v2'] };
const HELLOWORLD: Sample = { name: 'helloworld', ports: { http: [5000, 5000] } };
const NGINX: Sample = { name: 'my-nginx', ports: { https: [443, 443] } };
const EXT_AUTHZ: Sample = { name: 'ext-authz', ports: { http: [8000, 8000], grpc: [9000, 9000] } };
const RATE_LIMIT: Sample = { name: 'ratelimit', ports: { 'http-port': [8080, 8080], 'grpc-port': [8081, 8081] } };
const GATEWAY_PORTS = { http2: [80, 80], https: [443, 443], tcp: [31400, 31400] } as const;

/** What the control plane's installation has beside istiod. */
const ISTIO_SYSTEM: Sample[] = [
  { name: 'istio-ingressgateway', ports: GATEWAY_PORTS, labels: { istio: 'ingressgateway' } },
  { name: 'istio-egressgateway', ports: GATEWAY_PORTS, labels: { istio: 'egressgateway' } },
  { name: 'zipkin', ports: { 'http-query': [9411, 9411] } },
];

/** The Secrets of gateways, which a page makes before its task; the conformance suite fills them. */
const CREDENTIALS = ['httpbin-credential', 'helloworld-credential', 'client-credential'];

/** The samples that a task begins with, by how its name begins. */
const SAMPLES: [RegExp, Sample[]][] = [
  [/^(request-|fault-|traffic-|authorization-http|.*rate-limit|metric-)/, BOOKINFO],
  [/^(mirroring|circuit-|ingress-|secure-|mutual-|jwt-|authorization-|external-|trust-|access-logs-off|lua-)/, [HTTPBIN]],
  [/^(tcp-|authorization-tcp)/, [TCP_ECHO]],
  [/^(locality-|secure-)/, [HELLOWORLD]],
  [/^ingress-sni/, [NGINX]],
  [/^(access-log-filter|egress-|authorization-|mutual-)/, [CURL]],
  [/^external-authorization/, [EXT_AUTHZ]],
  [/^global-rate-limit/, [RATE_LIMIT]],
];

/** The sample applications of the tasks, each set in the namespace of its task. */
export function makeWorld(app: App, tasks: readonly string[]): void {
  const world = new Chart(app, 'world');
  for (const task of tasks) {
    deploy(world, task, [...new Set(SAMPLES.flatMap(([pattern, samples]) => pattern.test(task) ? samples : []))]);
  }
  deploy(world, 'istio-system', ISTIO_SYSTEM);
  for (const name of CREDENTIALS) {
    new ApiObject(world, name, { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'istio-system', annotations: { 'conformance/authority': 'public' } } });
  }
  deploy(world, 'observability', [{ name: 'opentelemetry-collector', ports: { grpc: [4317, 4317], http: [4318, 4318] } }]);
  deploy(world, 'mesh-external', [NGINX]);
}

function deploy(world: Chart, namespace: string, samples: Sample[]): void {
  const enrolment = namespace === 'mesh-external' ? 'disabled' : 'enabled';
  new ApiObject(world, namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'istio-injection': enrolment } } });
  const make = (apiVersion: string, kind: string, name: string, spec: object) =>
    new ApiObject(world, `${namespace}-${kind}-${name}`, { apiVersion, kind, metadata: { name, namespace }, spec });
  for (const { name, ports, versions = ['v1'], serviceAccount = name, labels = { app: name } } of samples) {
    const listed = Object.entries(ports).map(([port, [number, targetPort]]) => ({ name: port, port: number, targetPort }));
    make('v1', 'Service', name, { selector: labels, ports: listed });
    for (const version of versions) {
      const all = { ...labels, version };
      make('apps/v1', 'Deployment', `${name}-${version}`, {
        selector: { matchLabels: all },
        template: {
          metadata: { labels: all },
          spec: {
            serviceAccountName: serviceAccount,
            containers: [{ name: 'main', image: `registry.example.com/${name}:1`, ports: listed.map(({ targetPort }) => ({ containerPort: targetPort })) }],
          },
        },
      });
    }
  }
}
