import { World } from './world';
import { kindOf, KubeObject, nameOf, namespaceOf, podTemplatesOf } from '../examples/kube-object';

/** That an object names another one. */
export interface Reference {
  readonly where: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The namespace of the object that names it, and what it is. */
  readonly sayer: KubeObject;
}

interface Ref {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

const GATEWAY_GROUP = 'gateway.networking.k8s.io';
export const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'];
const CLUSTER_WIDE = ['Namespace', 'ClusterRole', 'GatewayClass'];
const POLICIES = ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin', 'TrafficExtension', 'EnvoyFilter'];
/** Kinds of other groups that are named as they are here. */
const PREFIXED: { readonly [group: string]: (kind: string) => string } = { 'policy.linkerd.io': kind => `Linkerd${kind}` };

/** References to what is not there. */
export function danglingReferences(world: World): string[] {
  // Secrets are never in Git, and so in no manifest.
  return world.rendered.flatMap(object => referencesOf(object)).filter(({ kind }) => kind !== 'Secret').filter(reference => !isThere(world, reference))
    .map(({ where, kind, namespace, name }) => `${where}: there is no ${kind} ${namespace}/${name}`);
}

/** Objects in namespaces that are not there. */
export function homeless(world: World): string[] {
  return world.rendered.filter(({ metadata }) => metadata.namespace !== undefined && !world.find('Namespace', metadata.namespace))
    .map(object => `${nameOf(object)}: there is no namespace ${namespaceOf(object)}`);
}

/** References across namespaces, of those that need a grant, which nobody granted. Istio takes routes of its own clients to Services without one. */
export function ungranted(world: World): string[] {
  const grants = world.objects.filter(object => kindOf(object) === 'ReferenceGrant');
  const inMesh = ({ spec }: KubeObject) => spec.parentRefs?.length > 0 && spec.parentRefs.every((ref: Ref) => ref.kind === 'Service');
  return world.rendered.filter(object => [...ROUTES, 'Gateway', 'ListenerSet'].includes(kindOf(object)) && !inMesh(object)).flatMap(object => referencesOf(object))
    .filter(({ kind, namespace, sayer }) => ['Service', 'Secret', 'ConfigMap'].includes(kind) && namespace !== namespaceOf(sayer))
    .filter(({ where }) => !/ (parentRefs|addresses)$/.test(where))
    .filter(({ kind, name, namespace, sayer }) => !grants.some(({ metadata, spec }) => metadata.namespace === namespace &&
      spec.from.some((giver: Ref) => giver.kind === sayer.kind && giver.namespace === namespaceOf(sayer)) &&
      spec.to.some((to: Ref) => to.kind === kind && (to.name === undefined || to.name === name))))
    .map(({ where, kind, namespace, name }) => `${where}: nobody grants ${kind} ${namespace}/${name}`);
}

function isThere(world: World, { kind, group, name, namespace }: Reference): boolean {
  if (kind === 'Hostname') {
    return world.hostNamed(name) !== undefined;
  }
  return world.find((PREFIXED[group] ?? (plain => plain))(kind), name, CLUSTER_WIDE.includes(kind) ? undefined : namespace) !== undefined;
}

/** What an object names. */
export function referencesOf(object: KubeObject): Reference[] {
  const { spec = {} } = object;
  const kind = kindOf(object);
  const say = (part: string, refs: readonly (Ref | undefined)[] | undefined, usual: { group?: string; kind: string }): Reference[] =>
    (refs ?? []).filter(ref => ref !== undefined).map(ref => ({
      where: `${nameOf(object)} ${part}`,
      group: ref.group ?? usual.group ?? '',
      kind: ref.kind ?? usual.kind,
      name: ref.name,
      namespace: ref.namespace ?? namespaceOf(object),
      sayer: object,
    }));
  const pods = podTemplatesOf(object);
  const own = kind === 'Gateway' ? [
    ...say('infrastructure', [spec.infrastructure?.parametersRef], { kind: 'ConfigMap' }),
    ...say('certificateRefs', certificatesOf(spec.listeners), { kind: 'Secret' }),
    // Those of a Gateway that stands for one elsewhere are of no Service.
    ...say('addresses', (spec.addresses ?? []).filter(({ type }: KubeObject['spec']) => type === 'Hostname' && spec.gatewayClassName !== 'istio-remote')
      .map(({ value }: { value: string }) => ({ name: value.split('.')[0], namespace: value.split('.')[1] })), { kind: 'Service' }),
  ] : kind === 'ListenerSet' ? [
    ...say('parentRef', [spec.parentRef], { group: GATEWAY_GROUP, kind: 'Gateway' }), ...say('certificateRefs', certificatesOf(spec.listeners), { kind: 'Secret' }),
  ] : ROUTES.includes(kind) ? [
    ...say('parentRefs', spec.parentRefs, { group: GATEWAY_GROUP, kind: 'Gateway' }),
    ...say('backendRefs', (spec.rules ?? []).flatMap(backendsOf), { kind: 'Service' }),
  ] : POLICIES.includes(kind) ? say('targetRefs', spec.targetRefs, { kind: 'Gateway' })
    : kind === 'VirtualService' ? say('gateways', gatewaysOf(spec), { kind: 'IstioGateway' })
      : kind === 'HorizontalPodAutoscaler' ? say('scaleTargetRef', [spec.scaleTargetRef], { kind: 'Deployment' })
        : kind === 'RoleBinding' ? [
          ...say('roleRef', [object.roleRef], { kind: 'Role' }),
          ...say('subjects', object.subjects.filter((subject: Ref) => subject.kind === 'ServiceAccount'), { kind: 'ServiceAccount' }),
        ] : kind === 'LinkerdAuthorizationPolicy' ? [
          ...say('targetRef', [spec.targetRef], { kind: 'Server' }), ...say('requiredAuthenticationRefs', spec.requiredAuthenticationRefs, { kind: 'MeshTLSAuthentication' }),
        ] : kind === 'LinkerdMeshTLSAuthentication' ? say('identityRefs', spec.identityRefs, { kind: 'ServiceAccount' })
          : kind === 'LinkerdHTTPLocalRateLimitPolicy' ? say('targetRef', [spec.targetRef], { kind: 'Server' }) : [];
  return [...own, ...pods.flatMap(pod => say('pods', podReferences(pod.spec), { kind: 'ServiceAccount' }))];
}

function certificatesOf(listeners: readonly KubeObject['spec'][] = []): Ref[] {
  return listeners.flatMap(({ tls }) => tls?.certificateRefs ?? []);
}

function backendsOf({ backendRefs = [], filters = [] }: KubeObject['spec']): Ref[] {
  const mirrors = [...filters, ...backendRefs.flatMap((ref: KubeObject['spec']) => ref.filters ?? [])].flatMap(({ requestMirror }) => requestMirror?.backendRef ?? []);
  return [...backendRefs, ...mirrors];
}

function gatewaysOf({ gateways = [] }: KubeObject['spec']): Ref[] {
  return gateways.filter((name: string) => name !== 'mesh').map((name: string) => name.includes('/') ?
    { namespace: name.split('/')[0], name: name.split('/')[1] } : { name });
}

function podReferences({ serviceAccountName, volumes = [] }: KubeObject['spec']): Ref[] {
  return [
    ...serviceAccountName === undefined ? [] : [{ kind: 'ServiceAccount', name: serviceAccountName }],
    ...volumes.flatMap(({ configMap, secret }: KubeObject['spec']) => [
      ...configMap && !configMap.optional ? [{ kind: 'ConfigMap', name: configMap.name }] : [],
      ...secret && !secret.optional ? [{ kind: 'Secret', name: secret.secretName }] : [],
    ]),
  ];
}
