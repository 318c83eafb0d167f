import { Rows, throws } from './row';
import {
  AuthorizationAction, AuthorizationPolicy, DestinationRule, IstioGateway, IstioHost, IstioServer, MtlsMode, OutboundTrafficMode, PeerAuthentication,
  ServiceEntry, ServiceEntryResolution, IstioProtocol, Sidecar, VirtualService, WorkloadSelector,
} from '../../../src';

const selector = WorkloadSelector.labels({ app: 'a' });
const servers = [IstioServer.http({ hosts: ['*'] })];
const LONG = `${'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.'.repeat(4)}aaaaaaaaaaaaaaaa`;
const ports = [{ number: 80, name: 'http', protocol: IstioProtocol.HTTP }];
const host = IstioHost.of('a.example.com');
const importing = (imported: string) => ({ outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY, egress: [{ hosts: [imported] }] });

/** Rules of any object, of hosts, and of what objects are seen by. */
export const ANY_KIND: Rows = {
  'annotations of Istio\'s own are refused': throws(
    chart => new IstioGateway(chart, 'A', { metadata: { annotations: { 'internal.istio.io/parents': 'a' } }, selector, servers }),
    'annotation internal.istio.io/parents is written by Istio itself, got it on a Gateway: leave it out'),
  'the namespace of parents is Istio\'s own annotation': throws(
    chart => new IstioGateway(chart, 'A', { metadata: { annotations: { 'internal.istio.io/parent-namespace': 'a' } }, selector, servers }),
    'annotation internal.istio.io/parent-namespace is written by Istio itself, got it on a Gateway: leave it out'),
  'the annotation that the webhook always refuses is refused': throws(
    chart => new IstioGateway(chart, 'A', { metadata: { annotations: { 'internal.istio.io/webhook-always-reject': 'true' } }, selector, servers }),
    'annotation internal.istio.io/webhook-always-reject is written by Istio itself, got it on a Gateway: leave it out'),
  'dry-run is for AuthorizationPolicies': throws(
    chart => new PeerAuthentication(chart, 'A', { metadata: { annotations: { 'istio.io/dry-run': 'true' } }, mode: MtlsMode.STRICT }),
    'annotation istio.io/dry-run is for AuthorizationPolicies, got it on a PeerAuthentication: leave it out'),
  'dry-run is for ALLOW and DENY': throws(
    chart => new AuthorizationPolicy(chart, 'A', { action: AuthorizationAction.AUDIT, rules: [{}], dryRun: true }),
    'dryRun of an AuthorizationPolicy goes with action ALLOW or DENY, got AUDIT: leave it out'),
  'dry-run is a boolean': throws(
    chart => new AuthorizationPolicy(chart, 'A', { metadata: { annotations: { 'istio.io/dry-run': 'yes please' } }, rules: [{}] }),
    'annotation istio.io/dry-run of an AuthorizationPolicy is written by dryRun: pass dryRun'),
  'a host has at most 255 characters': throws(() => IstioHost.of(LONG),
    `host must have at most 253 characters, got 260: '${LONG}'`),
  'labels of a host are DNS labels': throws(() => IstioHost.of('shop_a.example.com'),
    'host must be a lower case DNS name, optionally starting with \'*.\', got \'shop_a.example.com\''),
  'a wildcard is the whole leftmost label': throws(() => IstioHost.of('shop.*.example.com'),
    'host must be a lower case DNS name, optionally starting with \'*.\', got \'shop.*.example.com\''),
  'the last label of a host is not all digits': throws(() => IstioHost.of('a.example.123'),
    'host must have labels of at most 63 characters, the last not all digits, got \'a.example.123\''),
  'a namespace before a host is a DNS label': throws(() => IstioServer.http({ hosts: ['shop_1/a.example.com'] }),
    'namespace of host of server \'http-a-example-com\' \'shop_1/a.example.com\' must be a DNS label (lower case letters, digits and inner ' +
    'dashes), got \'shop_1\''),
  'a host of a Gateway is no short name': throws(() => IstioServer.http({ hosts: ['shop'] }),
    'host of server \'http-shop\' must be fully qualified or \'*\', got \'shop\': short names mean nothing here'),
  'a host of a Gateway has its wildcard before a dot': throws(() => IstioServer.http({ hosts: ['*example.com'] }),
    'host of server \'http-wildcardexample-com\' must be a lower case DNS name, optionally starting with \'*.\', got \'*example.com\''),
  'a host of a Sidecar has a namespace': throws(chart => new Sidecar(chart, 'A', importing('a.example.com')),
    'host of a Sidecar must be namespace/host, got \'a.example.com\': write */a.example.com for any namespace, ./a.example.com for the ' +
    'Sidecar\'s own'),
  'a host of a Sidecar is no short name': throws(chart => new Sidecar(chart, 'A', importing('shop/a')),
    'host of a Sidecar must be fully qualified or \'*\', got \'a\': short names mean nothing here'),
  'a host of a Sidecar has its wildcard before a dot': throws(chart => new Sidecar(chart, 'A', importing('shop/*example.com')),
    'host of a Sidecar must be a lower case DNS name, optionally starting with \'*.\', got \'*example.com\''),
  'exportTo names a namespace once': throws(chart => new DestinationRule(chart, 'A', { host, exportTo: ['shop', 'shop'] }),
    'exportTo must name each namespace once, got \'shop\' again in shop, shop'),
  'every namespace in exportTo stands alone': throws(chart => new VirtualService(chart, 'A', { hosts: [host], exportTo: ['*', 'shop'] }),
    'exportTo must have \'*\' alone, got *, shop'),
  'none in exportTo is for ServiceEntries': throws(chart => new DestinationRule(chart, 'A', { host, exportTo: ['~'] }),
    'exportTo takes \'~\' on a ServiceEntry only: use \'.\' for the namespace of the object'),
  'none in exportTo stands alone': throws(chart =>
    new ServiceEntry(chart, 'A', { hosts: ['a.example.com'], resolution: ServiceEntryResolution.DNS, exportTo: ['~', 'shop'], ports }),
  'exportTo must have \'~\' alone, got ~, shop'),
  'exportTo names namespaces': throws(chart => new VirtualService(chart, 'A', { hosts: [host], exportTo: ['Shop_1'] }),
    'namespace in exportTo must be a DNS label (lower case letters, digits and inner dashes), got \'Shop_1\''),
};
