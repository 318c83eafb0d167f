import { Construct } from 'constructs';
import { CanaryCaller } from './canary-caller';
import { CanaryPlan, CanaryRule } from './canary-plan';
import { CanaryProtocol } from './canary-protocol';
import { canaryRules } from './canary-rules';
import { CanaryVersion } from './canary-version';
import { Destination } from '../../istio/destination';
import { DestinationRule } from '../../istio/destination-rule';
import { istioCallMatches, istioMatches } from '../../istio/gateway-api-match';
import { IIstioGateway, VirtualServiceGateway } from '../../istio/istio-gateway-reference';
import { IstioHost } from '../../istio/istio-host';
import { IstioHttpMatch } from '../../istio/istio-http-match';
import { VirtualService } from '../../istio/virtual-service';
import { patternLabels } from '../pattern-labels';

/** The route whose weights a controller changes. */
export const WEIGHTED_ROUTE = 'weighted';

/** Where a match holds, beside what it says of the request. */
interface MatchPlace {
  readonly port?: number;
  readonly gateways?: IIstioGateway[];
  readonly sourceLabels?: { [key: string]: string };
  readonly sourceNamespace?: string;
}

/** A CanaryRoute in Istio. */
export function makeCanaryVirtualService(scope: Construct, plan: CanaryPlan): { virtualService: VirtualService; destinationRule?: DestinationRule } {
  const { name, namespace, parents, hostnames, protocol } = plan;
  const metadata = { name, namespace: namespace.name, labels: patternLabels('canary-route', name) };
  const rule = makeDestinationRule(scope, plan, metadata);
  const hosts = [...hostnames.map(IstioHost.of), ...parents.flatMap(({ _binding }) => _binding.service?.host(namespace.name) ?? [])];

  const destination = (version: CanaryVersion) => version._subset ?
    Destination.subset(rule!.subset(version._subset.name), { port: version.port }) :
    Destination.host(version._host(namespace.name), { port: version.port });
  const virtualService = new VirtualService(scope, 'VirtualService', {
    metadata,
    // A connection without a host name is told by the listener that took it.
    hosts: hosts.length > 0 ? hosts : [IstioHost.ANY],
    gateways: parents.map(({ _binding }) => _binding.istioGateway!),
  });
  const rules = canaryRules(plan);
  for (const each of rules) {
    const places = placesOf(plan, each);
    const destinations = each.shares.map(({ version, weight = 100 }) => ({ destination: destination(version), weight }));
    switch (protocol) {
      case CanaryProtocol.TCP:
        virtualService.addTcpRoute({ matches: unlessEmpty(places), destinations });
        break;
      case CanaryProtocol.TLS:
        virtualService.addTlsRoute({ matches: places.map(place => ({ sniHosts: [...hostnames], ...place })), destinations });
        break;
      default: {
        const { mirror } = each;
        virtualService.addHttpRoute({
          name: plan.isManaged && each === rules[rules.length - 1] ? WEIGHTED_ROUTE : undefined,
          matches: unlessEmpty(conditionsOf(each).flatMap(condition => places.map(place => ({ ...condition, ...place })))),
          destinations: each.shares.map(({ cookie }, i) => ({
            ...destinations[i],
            headers: cookie === undefined ? undefined : { response: { add: { 'set-cookie': cookie } } },
          })),
          mirrors: mirror && [{ destination: destination(mirror.version), percentage: mirror.percent }],
        });
      }
    }
  }
  return { virtualService, destinationRule: rule };
}

function conditionsOf({ requests, calls }: CanaryRule): IstioHttpMatch[] {
  const conditions = [...requests.flatMap(istioMatches), ...calls.flatMap(istioCallMatches)];
  return conditions.length > 0 ? conditions : [{}];
}

/** A match without any condition is none. */
function unlessEmpty<T extends object>(matches: T[]): T[] | undefined {
  return matches.every(match => Object.values(match).some(condition => condition !== undefined)) ? matches : undefined;
}

/** Callers where some are asked for; else the ports that are called, where a Service is divided on one of its ports only. */
function placesOf({ name, parents }: CanaryPlan, { callers }: CanaryRule): MatchPlace[] {
  const services = parents.flatMap(({ _binding }) => _binding.service ?? []);
  const ports = services.map(({ port }) => port);
  if (callers !== undefined) {
    return callers.flatMap(caller => [...new Set(ports)].map(port => ({ port, ...sourceOf(caller) })));
  }
  const gateways = parents.filter(({ _binding }) => _binding.service === undefined).map(({ _binding }) => _binding);
  if ([...ports, ...gateways.map(({ gatewayPort }) => gatewayPort)].every(port => port === undefined)) {
    return [{}];
  }
  if (ports.includes(undefined) && ports.some(port => port !== undefined)) {
    throw new Error(`services of canary route '${name}' must all be divided on one port or all on every port, got ` +
      `${services.map(service => `'${service.name}' on ${service.port ?? 'every port'}`).join(' and ')}: write a route for each`);
  }
  const ofMesh = [...new Set(ports)].map(port => ({ port, gateways: gateways.length > 0 ? [VirtualServiceGateway.MESH] : undefined }));
  const anyPort = gateways.filter(({ gatewayPort }) => gatewayPort === undefined);
  return [
    ...ofMesh,
    ...anyPort.length > 0 ? [{ gateways: anyPort.map(({ istioGateway }) => istioGateway!) }] : [],
    ...gateways.filter(({ gatewayPort }) => gatewayPort !== undefined)
      .map(({ gatewayPort: port, istioGateway }) => ({ port, gateways: [istioGateway!] })),
  ];
}

function sourceOf({ clientNamespace, labels }: CanaryCaller): MatchPlace {
  return { sourceNamespace: clientNamespace.name, sourceLabels: labels };
}

/** The versions that are subsets, which must be of one Service. */
function makeDestinationRule(scope: Construct, { name, namespace, versions }: CanaryPlan, metadata: object): DestinationRule | undefined {
  const subsets = versions.flatMap(({ version }) => version._subset ?? []);
  if (subsets.length === 0) {
    return undefined;
  }
  const hosts = versions.map(({ version }) => version._host(namespace.name));
  const other = hosts.find(({ host }) => host !== hosts[0].host);
  if (subsets.length < versions.length || other !== undefined) {
    throw new Error(`versions of canary route '${name}' must ${versions.length === 2 ? 'both' : 'all'} be subsets of one Service, got ` +
      `${hosts.map(({ host }) => `'${host}'`).join(' and ')}: use CanaryVersion.subset for all of them, or CanaryVersion.service`);
  }
  return new DestinationRule(scope, 'DestinationRule', {
    metadata,
    host: hosts[0],
    subsets: subsets.map(({ name: subset, labels }) => ({ name: subset, labels })),
  });
}
