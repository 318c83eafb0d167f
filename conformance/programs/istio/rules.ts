import { EXTENSION_NEEDED, EXTENSION_RULES } from './extension-rules';
import { MESH_NEEDED, MESH_RULES } from './mesh-rules';
import { MONITORING_NEEDED, MONITORING_RULES } from './monitoring-rules';
import { NETWORKING_NEEDED, NETWORKING_RULES } from './networking-rules';
import { clusterMatch, patchArgs, routeMatch } from './patches';
import { IstioRule } from './rule';
import { rsaKey, SECURITY_NEEDED, SECURITY_RULES, securityFits } from './security-rules';
import { TRAFFIC_NEEDED, TRAFFIC_RULES } from './traffic-rules';
import { waypoint } from './world';
import { firsts, seconds, without } from '../coherence';
import { Fields, Value } from '../program';
import { Scene } from '../scene';

/** What the parts of a struct must not say together, by the struct. */
const RULES: { readonly [struct: string]: IstioRule } = {
  ...TRAFFIC_RULES, ...NETWORKING_RULES, ...SECURITY_RULES, ...EXTENSION_RULES, ...MONITORING_RULES, ...MESH_RULES,
};

/** Structs that say nothing without one of these. */
const NEEDED: { readonly [struct: string]: readonly string[] } = {
  ...TRAFFIC_NEEDED, ...NETWORKING_NEEDED, ...SECURITY_NEEDED, ...EXTENSION_NEEDED, ...MONITORING_NEEDED, ...MESH_NEEDED,
};

/** What may be left out by its type, and seldom in fact; or what would seldom be right. */
const SHARES: { readonly [place: string]: number } = {
  'VirtualServiceProps.httpRoutes': 90,
  'VirtualServiceDelegateProps.httpRoutes': 100,
  'DestinationOptions.port': 100,
  'IstioMeshProps.version': 6,
  'IstioMeshProps.extensionProviders': 60,
  'IstioMeshProps.dataPlane': 70,
  'OpenTelemetryProviderOptions.exporter': 80,
  'OpenTelemetryProviderOptions.serviceAttributeEnrichment': 80,
  'ZipkinProviderOptions.traceContextOption': 90,
  'ProviderGrpcService.initialMetadata': 80,
  'ProviderGrpcService.timeout': 80,
  'DynatraceSampler.rootSpansPerMinute': 80,
  'TrafficTunnel.protocol': 90,
  'JwtKeyOptions.algorithm': 95,
  'VirtualServiceHttpRoute.fault': 60,
  'AuthorizationPolicyProps.rules': 95,
  'SidecarEgressListener.port': 80,
  'ServiceEntryProps.useWaypoint': 60,
  'EnvoyFilterProps.priority': 100,
  'DestinationRuleProps.trafficPolicy': 80,
};

/** The same for the many settings of a mesh. */
const MESH_SHARE = 15;

/** How often, in percent, an optional property is there. */
export function shareOf(of: string, name: string, usual: number): number {
  return SHARES[`${of}.${name}`] ?? (/^Mesh[A-Z]\w*(Settings|Config)$|^IstioMeshProps$/.test(of) ? MESH_SHARE : usual);
}

/** The properties of which a struct needs one. */
export function neededOf(struct: string): readonly string[] {
  return NEEDED[struct] ?? [];
}

/** Whether a factory makes what fits the construct. */
export function fits(producer: string, scene: Scene): boolean {
  return securityFits(producer, scene);
}

/** The fields of a struct, made to agree. */
export function coherent(struct: string, fields: Fields, scene: Scene): Fields {
  return RULES[struct]?.(fields, scene) ?? fields;
}

const PORT: Value = { struct: 'cdk8s-mesh.DestinationOptions', fields: { port: { literal: 80 } } };

const CANARY: Value = {
  struct: 'cdk8s-mesh.UseWaypointOptions', fields: { canary: waypoint('waypoint-2'), canaryWeight: { literal: 10 } },
};
const GRPC: Value = { struct: 'cdk8s-mesh.ProviderGrpcService', fields: { timeout: seconds(5) } };
const ABORT: Value = { factory: 'cdk8s-mesh.HttpFault.abort', args: [{ literal: 503 }, { literal: 10 }] };
const DELAY: Value = { factory: 'cdk8s-mesh.HttpFault.delay', args: [seconds(5), { literal: 10 }] };

/** The arguments of a factory, made to agree with it and with the construct. */
export function coherentArgs(factory: string, args: readonly Value[], scene: Scene, on?: Value): readonly Value[] {
  if (on && factory.endsWith('.combinedWith')) {
    return [JSON.stringify(on).includes('.delay') ? ABORT : DELAY];
  }
  if (on && factory.includes('.Envoy')) {
    return patchArgs(factory, args, on);
  }
  // Services of programs have several ports.
  if (/\.Destination\.(host|subset|service)$/.test(factory) && args.length === 1) {
    return [...args, PORT];
  }
  if (/\.EnvoyPatch\.httpRoute$/.test(factory) && args.length === 0 && scene.maybe(90)) {
    return [routeMatch(scene, 'route')].filter(match => match !== undefined);
  }
  // What is about whole listeners has no filter chain.
  if (/\.EnvoyPatch\.listener(Filter)?$/.test(factory)) {
    return args.map(arg => 'factory' in arg ? { ...arg, args: arg.args.map(own => 'fields' in own ? { ...own, fields: without(own.fields, 'filterChain') } : own) } : arg);
  }
  if (/\.ProviderService\.service$/.test(factory) && args.length === 1) {
    return [...args, { literal: 80 }];
  }
  if (/\.UseWaypoint\.gateway$/.test(factory) && scene.target.startsWith('Workload')) {
    return args.slice(0, 1);
  }
  if (/\.UseWaypoint\.gateway$/.test(factory) && args.length === 1 && scene.maybe(60)) {
    return [...args, CANARY];
  }
  if (/\.OpenTelemetryExport\.grpc$/.test(factory) && args.length === 0) {
    return [GRPC];
  }
  if (/\.EnvoyPatch\.cluster$/.test(factory) && args.length === 0) {
    return [clusterMatch(scene)];
  }
  if (/\.AuthorizationCondition\.(sourceIp|remoteIp|destinationIp)$/.test(factory)) {
    return JSON.parse(JSON.stringify(args).replace(/"literal":"[^"]*"/g, '"literal":"10.1.0.0/16"')) as readonly Value[];
  }
  if (/\.MonitorNamespaces\.named$/.test(factory)) {
    return firsts(args, arg => JSON.stringify(arg));
  }
  if (/\.JwtKeys\.inline$/.test(factory)) {
    return [...args, rsaKey(scene)];
  }
  return RULES[factory.replace('cdk8s-mesh.', '')] === undefined ? args :
    args.map(arg => 'fields' in arg ? { ...arg, fields: RULES[factory.replace('cdk8s-mesh.', '')](arg.fields, scene) } : arg);
}
