import { KubeObject } from './objects';
import { ISTIO_CONTROLLER } from './world/provisioned';

/** A pod as a controller creates it, and what it is made from. */
export interface CreatedPod {
  /** Such as `Deployment edge/public`. */
  readonly from: string;
  readonly pod: KubeObject;
}

type Labels = { readonly [key: string]: string };
interface WorkloadRef { readonly kind: string; readonly name: string }
interface Template { readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels }; readonly spec: unknown }
interface Spec {
  readonly template?: Template;
  readonly jobTemplate?: { readonly spec: { readonly template: Template } };
  readonly gatewayClassName?: string;
  readonly workloadRef?: WorkloadRef;
}

const HASH = '5d8f6c7b9';
/** The labels by which Flagger tells its pods from the user's, unless its own settings say otherwise. */
const FLAGGER_LABELS = ['app', 'name', 'app.kubernetes.io/name'];
/** What owns its pods by way of ReplicaSets, and the label in which their hash is. */
const REPLICATED: { readonly [kind: string]: string } = {
  Deployment: 'pod-template-hash', Gateway: 'pod-template-hash', Canary: 'pod-template-hash', Rollout: 'rollouts-pod-template-hash',
};
/** Who provisions gateways that are proxies of Istio already; their pods refuse injection. */
const ISTIO_CONTROLLERS = [ISTIO_CONTROLLER, 'istio.io/unmanaged-gateway', 'istio.io/mesh-controller', 'istio.io/eastwest-controller'];
const ISTIO_CLASSES = ['istio', 'istio-remote', 'istio-waypoint', 'istio-east-west'];

/** The pods that come from manifests: of workloads, of what takes over those of a Deployment, and of gateways that a controller other than Istio's provisions. */
export function podsOf(objects: readonly KubeObject[]): CreatedPod[] {
  return objects.flatMap(object => {
    const template = templateOf(object, objects);
    return template === undefined ? [] : [create(object, template)];
  });
}

function templateOf(object: KubeObject, objects: readonly KubeObject[]): Template | undefined {
  const spec = object.spec as Spec | undefined;
  switch (object.kind) {
    case 'Deployment': case 'StatefulSet': case 'DaemonSet': case 'ReplicaSet': case 'Job':
      return spec?.template;
    case 'CronJob':
      return spec?.jobTemplate?.spec.template;
    case 'Rollout':
      return spec?.template ?? templateNamed(spec?.workloadRef, object, objects);
    case 'Canary':
      return primaryOf(object, objects);
    case 'Pod':
      return object as unknown as Template;
    case 'Gateway':
      return spec?.gatewayClassName === undefined || isIstio(spec.gatewayClassName, objects) ? undefined : provisioned(object);
    default:
      return undefined;
  }
}

/** The template of a workload of the same namespace. */
function templateNamed(ref: WorkloadRef | undefined, of: KubeObject, objects: readonly KubeObject[]): Template | undefined {
  const isSame = ({ kind, metadata }: KubeObject) => kind === ref?.kind && metadata.name === ref.name && metadata.namespace === of.metadata.namespace;
  const named = objects.find(isSame);
  return (named?.spec as Spec | undefined)?.template;
}

/** Flagger keeps the pods that users see apart: it copies the target, and puts a name of its own into the first label by which it knows pods. */
function primaryOf(canary: KubeObject, objects: readonly KubeObject[]): Template | undefined {
  const { targetRef } = canary.spec as { targetRef: WorkloadRef };
  const template = templateNamed(targetRef, canary, objects);
  const label = FLAGGER_LABELS.find(key => key in (template?.metadata?.labels ?? {}));
  const own = label === undefined ? {} : { [label]: `${targetRef.name}-primary` };
  return template && { ...template, metadata: { ...template.metadata, labels: { ...template.metadata?.labels, ...own } } };
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
  const hashLabel = REPLICATED[kind];
  const workload = kind === 'Canary' ? `${metadata.name}-primary` : metadata.name;
  const owner = hashLabel
    ? { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${workload}-${HASH}` }
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
      metadata: { ...made, namespace, labels: { ...given?.labels, ...hashLabel && { [hashLabel]: HASH } }, annotations: given?.annotations },
      spec,
    },
  };
}
