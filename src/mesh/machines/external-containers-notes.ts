import { IstioAnnotation } from '../../semantics/keys';
import { istiodName } from '../clusters/east-west-facts';

/** What the notes for containers say. */
interface NotedContainers {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly rootNamespace: string;
  readonly revision: string;
  readonly release: string;
  readonly clusterName: string;
  readonly network?: string;
  readonly controlPlane: string;
  readonly labels: { [key: string]: string };
  readonly ports: { [name: string]: number };
}

/** What must be outside of the cluster, as Markdown. */
export function externalContainersNotes(containers: NotedContainers): string {
  const { name, namespace, serviceAccount, rootNamespace, revision, release, clusterName, network, controlPlane, labels, ports } = containers;
  const istiod = `${istiodName(revision)}.${rootNamespace}.svc`;
  const list = (map: { [key: string]: string | number }) => Object.entries(map).map(([key, value]) => `${key}: ${value}`).join(', ');
  return `# Containers ${namespace}/${name}

The manifests are the cluster's side only. Istio ${release} has no installer for ztunnel outside of Kubernetes: what follows is yours to build, and no test here
runs it.

- Each task runs a ztunnel of Istio ${release} beside its containers, for one workload: proxy mode \`dedicated\`, workload \`${namespace}/${name}/${serviceAccount}\`,
  cluster \`${clusterName}\`, ${network === undefined ? 'no network' : `network \`${network}\``}. All traffic of the containers must be redirected to it, in and out.
- It reaches istiod at \`${istiod}:15012\`, which must resolve to ${controlPlane}, and trusts the root certificate of the ConfigMap \`istio-ca-root-cert\`.
- Its token is one of the service account, for the audience \`istio-ca\`: \`kubectl --namespace ${namespace} create token ${serviceAccount} --audience istio-ca\`.
  It is a credential that expires: something must renew it, and it belongs in no repository.
- Other ztunnels reach it on port 15008.
- Something must keep a WorkloadEntry in namespace \`${namespace}\` for each task that is not among the manifests, and delete it with the task: with its address,
  serviceAccount \`${serviceAccount}\`, ${network === undefined ? '' : `network \`${network}\`, `}labels \`${list(labels)}\`, ports \`${list(ports)}\`, and the annotation
  \`${IstioAnnotation.AMBIENT_REDIRECTION}: enabled\`.
`;
}
