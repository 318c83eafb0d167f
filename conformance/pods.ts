import { KubeObject } from './objects';
import { ISTIO_CONTROLLER } from './world/provisioned';

/** A pod as a controller creates it, and what it is made from. */
export interface CreatedPod {
  /** Such as `Deployment edge/public`. */
  readonly from: string;
  readonly pod: KubeObject;
}

type Labels = { readonly [key: string]: string };
interface Template { readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels }; readonly spec: unknown }

const HASH = '5d8f6c7b9';
/** Who provisions gateways that are proxies of Istio already; their pods refuse injection. */
const ISTIO_CONTROLLERS = [ISTIO_CONTROLLER, 'istio.io/unmanaged-gateway', 'istio.io/mesh-controller', 'istio.io/eastwest-controller'];
const ISTIO_CLASSES = ['istio', 'istio-remote', 'istio-waypoint', 'istio-east-west'];

/** The pods that come from manifests: of workloads, and of gateways that a controller other than Istio's provisions. */
export function podsOf(objects: readonly KubeObject[]): CreatedPod[] {
  return objects.flatMap(object => {
    const template = templateOf(object, objects);
    return template === undefined ? [] : [create(object, template)];
  });
}

function templateOf(object: KubeObject, objects: readonly KubeObject[]): Template | undefined {
  const spec = object.spec as { template?: Template; jobTemplate?: { spec: { template: Template } }; gatewayClassName?: string } | undefined;
  switch (object.kind) {
    case 'Deployment': case 'StatefulSet': case 'DaemonSet': case 'ReplicaSet': case 'Job':
      return spec?.template;
    case 'CronJob':
      return spec?.jobTemplate?.spec.template;
    case 'Pod':
      return object as unknown as Template;
    case 'Gateway':
      return spec?.gatewayClassName === undefined || isIstio(spec.gatewayClassName, objects) ? undefined : provisioned(object);
    default:
      return undefined;
  }
}

/** A Gateway says which labels and annotations the pods of its controller carry; what runs in them is the controller's affair. */
function provisioned({ spec }: KubeObject): Template {
  const { labels, annotations } = (spec as { infrastructure?: { labels?: Labels; annotations?: Labels } }).infrastructure ?? {};
  return { metadata: { labels, annotations }, spec: { containers: [{ name: 'gateway', image: 'gateway-of-another-controller' }] } };
}

function isIstio(gatewayClass: string, objects: readonly KubeObject[]): boolean {
  const declared = objects.find(({ kind, metadata }) => kind === 'GatewayClass' && metadata.name === gatewayClass);
  return declared === undefined
    ? ISTIO_CLASSES.includes(gatewayClass)
    : ISTIO_CONTROLLERS.includes((declared.spec as { controllerName: string }).controllerName);
}

/** The injector finds out the workload of a pod by its generated name, its owner, and the hash that a Deployment gives. */
function create({ apiVersion, kind, metadata }: KubeObject, { metadata: given, spec }: Template): CreatedPod {
  const namespace = metadata.namespace ?? 'default';
  const replicated = kind === 'Deployment' || kind === 'Gateway';
  const owner = replicated
    ? { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${metadata.name}-${HASH}` }
    : { apiVersion, kind, name: metadata.name };
  const made = kind === 'Pod' ? { name: metadata.name } : {
    name: '',
    generateName: `${owner.name}-`,
    ownerReferences: [{ ...owner, uid: 'owner', controller: true }],
  };
  return {
    from: `${kind} ${namespace}/${metadata.name}`,
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...made, namespace, labels: { ...given?.labels, ...(replicated ? { 'pod-template-hash': HASH } : {}) }, annotations: given?.annotations },
      spec,
    },
  };
}
