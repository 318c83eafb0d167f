import { kindOf, KubeObject, namespaceOf } from '../examples/kube-object';

/** Classes whose controllers name what they make after the Gateway and the class; waypoints and east-west gateways have the name of their Gateway alone. */
const NAMED_WITH_CLASS = ['istio', 'nginx'];
const NAMED_ALONE = ['istio-waypoint', 'istio-east-west'];

/** What controllers make of manifests. */
export function provisionedObjects(objects: readonly KubeObject[]): KubeObject[] {
  return [...ofGateways(objects), ...ofCanaries(objects)];
}

/** The labels by which Flagger tells its pods from the user's. */
const FLAGGER_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** Flagger's copy of a Deployment, and the Services before it and before the user's own. */
function ofCanaries(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(object => kindOf(object) === 'Canary').flatMap(canary => {
    const { targetRef, service } = canary.spec;
    const namespace = namespaceOf(canary);
    const target = objects.filter(object => kindOf(object) === targetRef.kind && namespaceOf(object) === namespace)
      .find(({ metadata }) => metadata.name === targetRef.name);
    if (target === undefined) {
      return [];
    }
    const { metadata, spec } = target.spec.template;
    const key = FLAGGER_LABELS.find(label => label in target.spec.selector.matchLabels)!;
    const primary = { [key]: `${targetRef.name}-primary` };
    const name = service.name ?? targetRef.name;
    const serviceOf = (suffix: string, selector: object) => ({
      apiVersion: 'v1', kind: 'Service', metadata: { name: `${name}${suffix}`, namespace }, spec: { selector, ports: [{ port: service.port, targetPort: service.targetPort }] },
    });
    const own = { [key]: target.spec.selector.matchLabels[key] };
    return [
      { ...target, metadata: { name: `${targetRef.name}-primary`, namespace }, spec: { template: { metadata: { ...metadata, labels: { ...metadata.labels, ...primary } }, spec } } },
      serviceOf('', primary), serviceOf('-primary', primary), serviceOf('-canary', own),
    ];
  });
}

/** Classes of a name of the user's own. */
function classesOfIstio(objects: readonly KubeObject[]): string[] {
  return objects.filter(object => kindOf(object) === 'GatewayClass' && object.spec.controllerName === 'istio.io/gateway-controller').map(({ metadata }) => metadata.name);
}

/** Of a Gateway: an account, pods, and a Service before them. */
function ofGateways(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(object => kindOf(object) === 'Gateway').flatMap(gateway => {
    const { spec, metadata } = gateway;
    const isBound = (spec.addresses ?? []).some(({ type }: KubeObject['spec']) => type === 'Hostname');
    if (isBound || ![...NAMED_ALONE, ...NAMED_WITH_CLASS, ...classesOfIstio(objects)].includes(spec.gatewayClassName)) {
      return [];
    }
    const name = NAMED_ALONE.includes(spec.gatewayClassName) ? metadata.name : `${metadata.name}-${spec.gatewayClassName}`;
    const labels = { 'gateway.networking.k8s.io/gateway-name': metadata.name };
    const own = { name, namespace: namespaceOf(gateway) };
    const ports = [...new Set<number>([15021, ...spec.listeners.map(({ port }: KubeObject['spec']) => port)])];
    return [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: own },
      { apiVersion: 'v1', kind: 'Service', metadata: own, spec: { selector: labels, ports: ports.map(port => ({ port })) } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: own,
        spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'proxy', image: 'proxy', ports: ports.map(containerPort => ({ containerPort })) }] } } },
      },
    ];
  });
}
