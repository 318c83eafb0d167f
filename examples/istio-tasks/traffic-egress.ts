import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import { Service, ServiceType } from 'cdk8s-plus-28';
import {
  ClientTls, Destination, DestinationRule, IstioHost, IstioProtocol, LoadBalancer, ServiceEntry, ServiceEntryLocation, ServiceEntryPort,
  ServiceEntryResolution, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

const HTTP: ServiceEntryPort = { number: 80, name: 'http', protocol: IstioProtocol.HTTP };
const HTTPS: ServiceEntryPort = { number: 443, name: 'https', protocol: IstioProtocol.HTTPS };

/** A host outside of the mesh that is looked up in DNS. */
function external(chart: Chart, name: string, host: string, port: ServiceEntryPort): ServiceEntry {
  return new ServiceEntry(chart, name, {
    metadata: { name },
    hosts: [host],
    ports: [port],
    resolution: ServiceEntryResolution.DNS,
    location: ServiceEntryLocation.MESH_EXTERNAL,
  });
}

export function egressHttp(chart: Chart): void {
  external(chart, 'httpbin-ext', 'httpbin.org', HTTP);
}

export function egressHttps(chart: Chart): void {
  external(chart, 'google', 'www.google.com', HTTPS);
}

/** Routes work for hosts outside as for those of the mesh. */
export function egressTimeout(chart: Chart): void {
  const httpbin = external(chart, 'httpbin-ext', 'httpbin.org', HTTP).host();
  new VirtualService(chart, 'Routes', {
    metadata: { name: 'httpbin-ext' },
    hosts: [httpbin],
    httpRoutes: [{ destinations: [{ destination: Destination.host(httpbin), weight: 100 }], timeout: Duration.seconds(3) }],
  });
}

/** The application speaks HTTP; its sidecar makes HTTPS of it. */
export function egressTlsOrigination(chart: Chart): void {
  const entry = new ServiceEntry(chart, 'Host', {
    metadata: { name: 'edition-cnn-com' },
    hosts: ['edition.cnn.com'],
    ports: [
      { number: 80, name: 'http-port', protocol: IstioProtocol.HTTP, targetPort: 443 },
      { number: 443, name: 'https-port', protocol: IstioProtocol.HTTPS },
    ],
    resolution: ServiceEntryResolution.DNS,
  });
  new DestinationRule(chart, 'Tls', {
    metadata: { name: 'edition-cnn-com' },
    host: entry.host(),
    trafficPolicy: { portLevelSettings: [{ port: 80, tls: ClientTls.simple() }] },
  });
}

/** Only some pods originate TLS, with the certificate of a Secret. */
export function egressTlsOriginationMutual(chart: Chart): void {
  const nginx = new ServiceEntry(chart, 'Host', {
    metadata: { name: 'originate-mtls-for-nginx' },
    hosts: ['my-nginx.mesh-external.svc.cluster.local'],
    ports: [{ number: 31443, name: 'http-port-for-tls-origination', protocol: IstioProtocol.HTTP }],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.NONE,
    exportTo: ['.'],
  }).host();
  new DestinationRule(chart, 'Tls', {
    metadata: { name: 'originate-mtls-for-nginx' },
    workloadSelector: WorkloadSelector.labels({ app: 'curl' }),
    host: nginx,
    trafficPolicy: {
      loadBalancer: LoadBalancer.roundRobin(),
      portLevelSettings: [{ port: 31443, tls: ClientTls.mutual({ credentialName: 'client-credential', sni: nginx.host }) }],
    },
  });
}

/** Any host of a domain, by the name that the client asks for. */
export function egressWildcard(chart: Chart): void {
  new ServiceEntry(chart, 'Hosts', {
    metadata: { name: 'wikipedia' }, hosts: ['*.wikipedia.org'], ports: [HTTPS], resolution: ServiceEntryResolution.NONE,
  });
}

/** A Service of Kubernetes that is a name for a host outside, which speaks no mTLS of the mesh. */
export function egressKubernetesService(chart: Chart): void {
  const service = new Service(chart, 'Service', {
    metadata: { name: 'my-httpbin' }, type: ServiceType.EXTERNAL_NAME, externalName: 'httpbin.org', ports: [{ name: 'http', port: 80 }],
  });
  // cdk8s-plus writes no ports of such a Service, by which the mesh knows what is spoken.
  ApiObject.of(service).addJsonPatch(JsonPatch.add('/spec/ports', [{ name: 'http', port: 80 }]));
  new DestinationRule(chart, 'Plain', {
    metadata: { name: 'my-httpbin' }, host: IstioHost.service(service), trafficPolicy: { tls: ClientTls.disable() },
  });
}

/** A proxy of the company, to which applications send CONNECT themselves: bytes for the mesh. */
export function egressHttpsProxy(chart: Chart): void {
  new ServiceEntry(chart, 'Proxy', {
    metadata: { name: 'proxy' },
    hosts: ['my-company-proxy.com'],
    addresses: ['203.0.113.7/32'],
    ports: [{ number: 3128, name: 'tcp', protocol: IstioProtocol.TCP }],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.NONE,
  });
}
