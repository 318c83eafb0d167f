import { App, Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { DataPlane, EgressBypass, EgressBypassProps, IstioMesh, LinkerdMesh, Mesh, MeshNamespace } from '../../src';

let chart: Chart;

beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

function bypass(mesh: Mesh, props: Partial<EgressBypassProps> = {}): EgressBypass {
  const namespace = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  const workload = new Deployment(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'registry.example.com/web:1' }] });
  return new EgressBypass(chart, 'Bypass', { namespace, workload, ranges: ['169.254.169.254', '10.1.0.0/16'], ...props });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const annotations = () => all('Deployment')[0].spec.template.metadata.annotations;

test('sidecars let the ranges pass, and a NetworkPolicy lets the pods reach exactly them', () => {
  bypass(new IstioMesh(chart, 'Mesh'), { ports: [80] });
  expect(annotations()).toEqual({ 'traffic.sidecar.istio.io/excludeOutboundIPRanges': '169.254.169.254/32,10.1.0.0/16' });
  const [{ metadata, spec }] = all('NetworkPolicy');
  expect([metadata.name, metadata.namespace]).toEqual(['web-bypass', 'shop']);
  expect(spec).toEqual({
    podSelector: { matchLabels: all('Deployment')[0].spec.selector.matchLabels },
    policyTypes: ['Egress'],
    egress: [
      { to: [{ namespaceSelector: {} }] },
      { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }, { ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 80, protocol: 'TCP' }] },
    ],
  });
});

test('what else the proxy is told stays', () => {
  bypass(new IstioMesh(chart, 'Mesh'), { ranges: ['fd00::1'], proxy: { excludedOutboundPorts: [9000], istio: { excludedOutboundIpRanges: ['10.9.0.0/16'] } }, name: 'past' });
  expect(annotations()).toEqual({
    'traffic.sidecar.istio.io/excludeOutboundIPRanges': '10.9.0.0/16,fd00::1/128', 'traffic.sidecar.istio.io/excludeOutboundPorts': '9000',
  });
  expect(all('NetworkPolicy')[0].metadata.name).toBe('past');
  expect(all('NetworkPolicy')[0].spec.egress[1].ports).toBeUndefined();
});

test('proxies of Linkerd skip the ranges', () => {
  bypass(new LinkerdMesh(chart, 'Mesh'));
  expect(annotations()).toMatchObject({ 'config.linkerd.io/skip-subnets': '169.254.169.254/32,10.1.0.0/16' });
});

test('proxies of nodes pass on what they do not know', () => {
  bypass(new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
  expect(annotations()).toBeUndefined();
  expect(all('NetworkPolicy')).toHaveLength(1);
});

test.each<[string, Partial<EgressBypassProps>, string]>([
  ['no range', { ranges: [] }, "egress bypass 'web-bypass' needs ranges, got none: pass at least one, or leave the bypass out"],
  ['a range that is none', { ranges: ['api'] }, "range of egress bypass 'web-bypass' must be an IP address or a CIDR block such as 10.0.0.0/8, got 'api'"],
  ['everything', { ranges: ['0.0.0.0/0'] }, "range of egress bypass 'web-bypass' must be a part of all addresses, got '0.0.0.0/0': leave the workload out of the mesh instead"],
  ['a port that is none', { ports: [0] }, "port of egress bypass 'web-bypass' must be between 1 and 65535, got 0"],
  ['a name that is none', { name: 'A' }, 'name of the egress bypass must be a DNS label'],
])('%s is refused', (_, props, message) => {
  expect(() => bypass(new IstioMesh(chart, 'Mesh'), props)).toThrow(message);
});
