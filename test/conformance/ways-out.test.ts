import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { request } from './recorded-requests';
import { CASES } from '../../conformance/case';
import { RequestVerdict } from '../../conformance/envoy/verdict';
import {
  DataPlane, EgressForm, EgressGateway, ExternalService, ExternalTls, ForwardProxy, IMeshClient, IstioMesh, MeshClient, MeshNamespace,
} from '../../src';

/** What became of a request, whichever engine sent it. */
interface Outcome {
  readonly outcome: number | string;
  readonly backend?: { readonly backend: string; readonly sni?: string; readonly client?: string; readonly path?: string; readonly tunnel?: string };
}

/** A form of the way out, the case that asks it, and how refusals look there. */
interface Form {
  readonly make: () => EgressForm;
  readonly plane: 'sidecar' | 'ambient';
  readonly asked: (what: string) => Outcome;
  /** What others than clients get to hear of what is not HTTP. */
  readonly shut: string;
  /** That others do not know it at all, so that refusals of HTTP are none. */
  readonly unknown?: boolean;
}

const envoy = (name: string) => (what: string) => {
  const { outcome, backend } = request(name, what) as RequestVerdict & Outcome;
  return { outcome, backend };
};
const ambient = (name: string) => (what: string): Outcome => {
  const { requests } = JSON.parse(readFileSync(join(CASES, name, 'verdict.json'), 'utf8')).engines.ambient;
  const { status, outside, way } = requests[what] ?? {};
  return { outcome: status ?? way, backend: outside };
};

const FORMS: { readonly [form: string]: Form } = {
  selfManaged: { make: () => EgressForm.selfManaged(), plane: 'sidecar', asked: envoy('egress-self-managed'), shut: 'closed' },
  provisioned: { make: () => EgressForm.provisioned(), plane: 'sidecar', asked: envoy('egress-provisioned'), shut: 'closed' },
  withoutGateway: { make: () => EgressForm.withoutGateway(), plane: 'sidecar', asked: envoy('egress-without-gateway'), shut: 'closed', unknown: true },
  waypoint: { make: () => EgressForm.waypoint(), plane: 'ambient', asked: ambient('egress-ambient'), shut: 'no tunnel' },
};

/** What is asked of a way out, for a client and for one that is none. */
interface Way {
  readonly service: () => ExternalService;
  /** What the host outside saw. */
  readonly seen?: Outcome['backend'];
  readonly speaks: 'http' | 'grpc' | 'bytes';
  /** The requests, by form: of a client, and of a workload that is none. What the form refuses is the beginning of what it says. */
  readonly forms: { readonly [form in keyof typeof FORMS]: readonly [client: string, other: string] | string };
}

const proxy = ForwardProxy.host('proxy.corp.example.com', 3128);
const both = (what: string) => [`${what}: a client`, `${what}: no client`] as const;

const WAYS: { readonly [way: string]: Way } = {
  'TLS that is passed through': {
    service: () => ExternalService.tls('host.example.com'),
    speaks: 'bytes',
    seen: { backend: 'tls.example.com:443', sni: 'tls.example.com', path: '/a' },
    forms: { selfManaged: both('TLS for clients'), provisioned: both('TLS for clients'), withoutGateway: both('TLS'), waypoint: both('TLS') },
  },
  'plain HTTP': {
    service: () => ExternalService.http('host.example.com'),
    speaks: 'http',
    seen: { backend: 'http.example.com:80', path: '/a' },
    forms: { selfManaged: both('HTTP for clients'), provisioned: both('HTTP for clients'), withoutGateway: both('HTTP'), waypoint: both('HTTP for clients') },
  },
  'TLS that is begun, trusting system authorities': {
    service: () => ExternalService.originate('host.example.com'),
    speaks: 'http',
    seen: { backend: 'api.example.com:443', sni: 'api.example.com' },
    forms: {
      selfManaged: both('a method and a path for clients'),
      provisioned: both('a method and a path for clients'),
      withoutGateway: both('TLS that the sidecar begins'),
      waypoint: both('a method and a path for clients'),
    },
  },
  'TLS that is begun, trusting an authority of one\'s own': {
    service: () => ExternalService.originate('host.example.com', { tls: ExternalTls.caSecretName('own-ca') }),
    speaks: 'http',
    seen: { backend: 'own-ca.example.com:443', sni: 'own-ca.example.com', path: '/a' },
    forms: {
      selfManaged: ['own CA', 'own CA: no client'],
      provisioned: ['own CA', 'own CA: no client'],
      withoutGateway: "Secret 'own-ca' for external host 'host.example.com' cannot be read by the sidecars of its clients",
      waypoint: ['own CA', 'own CA: no client'],
    },
  },
  'TLS that is begun, with a client certificate': {
    service: () => ExternalService.originate('host.example.com', { tls: ExternalTls.clientCertificateName('client') }),
    speaks: 'http',
    seen: { backend: 'mutual.example.com:443', sni: 'mutual.example.com', client: 'DNS:client-certificate.example.com', path: '/a' },
    forms: {
      selfManaged: ['a client certificate is shown', 'a client certificate: no client'],
      provisioned: ['a client certificate is shown', 'a client certificate: no client'],
      withoutGateway: "Secret 'client' for external host 'host.example.com' cannot be read by the sidecars of its clients",
      waypoint: ['a client certificate is shown', 'a client certificate: no client'],
    },
  },
  'gRPC': {
    service: () => ExternalService.grpc('host.example.com'),
    speaks: 'grpc',
    seen: { backend: 'grpc.example.com:50051', path: '/orders.Orders/Get' },
    forms: { selfManaged: both('plain gRPC'), provisioned: both('plain gRPC'), withoutGateway: both('plain gRPC'), waypoint: both('plain gRPC') },
  },
  'gRPC with TLS that is begun': {
    service: () => ExternalService.originateGrpc('host.example.com'),
    speaks: 'grpc',
    seen: { backend: 'grpcs.example.com:443', sni: 'grpcs.example.com', path: '/orders.Orders/Get' },
    forms: {
      selfManaged: both('gRPC to which the gateway begins TLS'),
      provisioned: both('gRPC to which the gateway begins TLS'),
      withoutGateway: both('gRPC to which the sidecar begins TLS'),
      waypoint: both('gRPC to which the waypoint begins TLS'),
    },
  },
  'a database by its address': {
    service: () => ExternalService.tcp('host.example.com', { port: 5432, addresses: ['198.51.100.7'] }),
    speaks: 'bytes',
    forms: {
      selfManaged: both('a database for clients'),
      provisioned: both('a database for clients'),
      withoutGateway: both('a database in a range'),
      waypoint: both('a database by address'),
    },
  },
  'a database by its name': {
    service: () => ExternalService.tcp('host.example.com', { port: 5432 }),
    speaks: 'bytes',
    forms: {
      selfManaged: both('a database by name'), provisioned: both('a database by name'), withoutGateway: both('a database by name'), waypoint: both('a database'),
    },
  },
  'TLS to any host of a domain': {
    service: () => ExternalService.tls('*.example.com'),
    speaks: 'bytes',
    seen: { backend: '*.wild-tls.example.com:443', sni: 'a.wild-tls.example.com', path: '/a' },
    forms: {
      selfManaged: "external host '*.example.com'",
      provisioned: "external host '*.example.com'",
      withoutGateway: ['any host of a domain, with TLS', 'any host of a domain, with TLS: no client'],
      waypoint: "external host '*.example.com' must be one host with TLS",
    },
  },
  'HTTP to any host of a domain': {
    service: () => ExternalService.http('*.example.com'),
    speaks: 'http',
    seen: { backend: '*.wild.example.com:80', path: '/a' },
    forms: {
      selfManaged: "external host '*.example.com'",
      provisioned: "external host '*.example.com'",
      withoutGateway: "external host '*.example.com' must be one host with HTTP",
      waypoint: both('any host of a domain'),
    },
  },
  'through a forward proxy': {
    service: () => ExternalService.tls('host.example.com', { proxy, gatewayPort: 10444 }),
    speaks: 'bytes',
    seen: { backend: 'behind-proxy.example.com:443', sni: 'behind-proxy.example.com', path: '/a', tunnel: 'proxy.corp.example.com:3128' },
    forms: {
      selfManaged: both('TLS through a forward proxy'),
      provisioned: both('TLS through a forward proxy'),
      withoutGateway: both('TLS through a forward proxy'),
      waypoint: "external host 'host.example.com' cannot be reached through forward proxy 'proxy.corp.example.com' by a waypoint",
    },
  },
};

const WELL = { http: 200, grpc: 'OK', bytes: [200, 'answered'] };
const REFUSED = { http: 403, grpc: 'PERMISSION_DENIED' };

/** Requests for what nobody allowed, by form. */
const UNLISTED: { readonly [form in keyof typeof FORMS]: { readonly [request: string]: number | string } } = {
  selfManaged: {
    'a host that is not allowed, with HTTP': 502,
    'a host that is not allowed, with TLS': 'closed',
    'the port of a database, another address': 'closed',
    'a database by name, another name with its port': 'closed',
    'the gateway, for a host that is not allowed, with HTTP': 502,
    'the gateway, for a host that is not allowed, with TLS': 'closed',
    'the forward proxy itself': 'closed',
  },
  provisioned: {
    'a host that is not allowed, with HTTP': 502,
    'a host that is not allowed, with TLS': 'closed',
    'the port of a database, another address': 'closed',
    'a database by name, another name with its port': 'closed',
    'the gateway, for a host that is not allowed, with HTTP': 502,
    'the gateway, for a host that is not allowed, with TLS': 'closed',
    'the forward proxy itself': 'closed',
  },
  withoutGateway: {
    'a host of no domain': 502,
    'a host of no domain, with TLS': 'closed',
    'the port of a database, an address out of the range': 'closed',
    'a database by name, another name with its port': 'closed',
    'past the sidecar, an address out of the ranges: the workload': 'closed',
  },
  // The NetworkPolicy stops it, which is judged where policies of networks are.
  waypoint: { 'a host that is not allowed': 'nodes only, which pass on what they do not know' },
};

/** Workloads of other namespaces, at a gateway that they reach. */
const FOREIGN: { readonly [request: string]: number | string } = {
  'another namespace, HTTP for clients': 403,
  'another namespace, TLS for clients': 'closed',
  'another namespace, gRPC for clients': 'PERMISSION_DENIED',
  'another namespace, gRPC to which the gateway begins TLS': 'PERMISSION_DENIED',
  'another namespace, TLS that the gateway begins': 403,
  'another namespace, TLS through a forward proxy': 'closed',
  'another namespace, a database for clients': 'closed',
  'another namespace, a database by name': 'closed',
};

function build(form: Form['make'], plane: Form['plane'], service: () => ExternalService): void {
  const chart = new Chart(new App(), 'chart');
  const mesh = new IstioMesh(chart, 'Mesh', {
    dataPlane: plane === 'ambient' ? DataPlane.AMBIENT : DataPlane.SIDECAR, defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } },
  });
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  const clients: IMeshClient[] = [form()._kind === EgressForm.withoutGateway()._kind ? shop : MeshClient.serviceAccountName(shop, 'checkout')];
  new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'Out', { mesh, name: 'egress' }), form: form(), clientNamespaces: [shop] })
    .allow(service(), { clients });
}

const OF_FUNCTIONS = ['length', 'name', 'prototype'];
const factoriesOf = (of: object) => Object.getOwnPropertyNames(of).filter(name => !OF_FUNCTIONS.includes(name) && !name.startsWith('_')).sort();
/** Of two hosts alike, the one that is for some clients only. */
const plainName = (host: string | undefined) => host?.replace('known-', '');
const CELLS = Object.entries(WAYS).flatMap(([what, way]) =>
  Object.entries(FORMS).map(([name, form]) => ({ what, way, name, form, asked: way.forms[name] })));
const RUN = CELLS.flatMap(({ asked, ...cell }) => typeof asked === 'string' ? [] : [{ ...cell, client: asked[0], other: asked[1] }]);
const THROWN = CELLS.flatMap(({ asked, ...cell }) => typeof asked === 'string' ? [{ ...cell, message: asked }] : []);

test('every form, and every kind of external service, is among them', () => {
  // Linkerd's has no engine here.
  expect(factoriesOf(EgressForm).filter(name => name !== 'egressNetwork')).toEqual(Object.keys(FORMS).sort());
  const kinds = Object.values(WAYS).map(({ service }) => `${service}`.match(/ExternalService\.(\w+)\(/)![1]);
  expect([...new Set(kinds), 'of'].sort()).toEqual(factoriesOf(ExternalService));
});

describe.each(RUN)('$what, $name', ({ way: { speaks, seen, service }, form, client, other }) => {
  test('can be said', () => {
    expect(() => build(form.make, form.plane, service)).not.toThrow();
  });

  test('leads a client out, where the host sees one handshake at most, in its own name', () => {
    const { outcome, backend } = form.asked(client);

    expect([WELL[speaks]].flat()).toContain(outcome);
    // Bytes are told apart by where they arrive.
    if (seen !== undefined) {
      const { sni, client: shown, tunnel } = seen;
      expect({ sni: plainName(backend?.sni), shown: backend?.client, tunnel: backend?.tunnel }).toEqual({ sni, shown, tunnel });
      expect(plainName(backend!.backend)).toBe(seen.backend);
      expect(backend!.path).toBe(seen.path ?? backend!.path);
    }
  });

  test('leads nobody else out', () => {
    const { outcome, backend } = form.asked(other);

    expect(backend).toBeUndefined();
    expect(outcome).toBe(form.unknown || speaks === 'bytes' ? form.shut : REFUSED[speaks]);
  });
});

describe.each(THROWN)('$what, $name', ({ way: { service }, form, message }) => {
  test('is refused where it is said', () => {
    expect(() => build(form.make, form.plane, service)).toThrow(message);
  });
});

describe.each(Object.entries(UNLISTED))('what nobody allowed, %s', (name, requests) => {
  test.each(Object.entries(requests))('%s: %s', (what, refusal) => {
    const { outcome, backend } = FORMS[name].asked(what);

    expect([outcome, backend]).toEqual([refusal, undefined]);
  });
});

describe.each(['selfManaged', 'provisioned'])('others than clients, %s', name => {
  test.each(Object.entries(FOREIGN))('%s: %s', (what, refusal) => {
    const { outcome, backend } = FORMS[name].asked(what);

    expect([outcome, backend]).toEqual([refusal, undefined]);
  });
});

test('what goes past a sidecar goes for the workload that is told, and to the ranges only', () => {
  expect(FORMS.withoutGateway.asked('past the sidecar, an address of the ranges: the workload').backend).toEqual({ backend: '192.0.2.3:9000' });
  expect(FORMS.withoutGateway.asked('past the sidecar, an address of the ranges: no client')).toEqual({ outcome: 'closed', backend: undefined });
});
