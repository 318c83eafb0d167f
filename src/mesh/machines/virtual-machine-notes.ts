import { EastWestEntrance } from '../clusters/east-west-registry';

/** What the notes for a machine say. */
interface NotedMachine {
  readonly name: string;
  readonly namespace: string;
  readonly release: string;
  readonly revision?: string;
  readonly rootNamespace: string;
  readonly clusterName?: string;
  readonly entrance?: EastWestEntrance;
  readonly controlPlaneAddress?: string;
  readonly ports: number[];
}

/** The steps that make a machine join, as Markdown. */
export function virtualMachineNotes(machine: NotedMachine): string {
  const { name, namespace, release, ports } = machine;
  return `# Virtual machine ${namespace}/${name}

The manifests must be applied, and the gateway to istiod must have its address. Each machine needs files of its own.

## 1. Where kubectl reaches the cluster

\`\`\`sh
${configure(machine)}
\`\`\`

\`${name}/istio-token\` is a credential that is good for an hour: copy it to the machine, start there within the hour, and commit it nowhere.
\`${name}/hosts\` must name an address of istiod; when it is empty, repeat the command with \`--ingressIP ADDRESS\`.

\`\`\`sh
scp ${name}/* MACHINE:
\`\`\`

## 2. On the machine

Install \`istio-sidecar.deb\` or \`istio-sidecar.rpm\` of Istio ${release} first. Then, where the files are:

\`\`\`sh
sudo mkdir -p /etc/certs /var/run/secrets/tokens /etc/istio/config /etc/istio/proxy
sudo cp root-cert.pem /etc/certs/root-cert.pem
sudo cp istio-token /var/run/secrets/tokens/istio-token
sudo cp cluster.env /var/lib/istio/envoy/cluster.env
sudo cp mesh.yaml /etc/istio/config/mesh
sudo sh -c 'cat hosts >> /etc/hosts'
sudo chown -R istio-proxy /var/lib/istio /etc/certs /etc/istio /var/run/secrets
sudo systemctl enable --now istio
\`\`\`

The application must listen on ${ports.join(', ')}.

## 3. Whether it worked

\`\`\`sh
kubectl --namespace ${namespace} get workloadentries
istioctl proxy-status
\`\`\`

istiod has made a WorkloadEntry whose name starts with \`${name}-\`.
`;
}

function configure({ name, namespace, revision, rootNamespace, clusterName, entrance, controlPlaneAddress }: NotedMachine): string {
  const options = [
    `--name ${name}`,
    `--namespace ${namespace}`,
    '--autoregister',
    ...clusterName === undefined ? [] : [`--clusterID ${clusterName}`],
    ...revision === undefined ? [] : [`--revision ${revision}`],
    ...rootNamespace === 'istio-system' ? [] : [`--istioNamespace ${rootNamespace}`],
    controlPlaneAddress === undefined ? `--ingressService ${entrance!.serviceName}.${entrance!.namespace}` : `--ingressIP ${controlPlaneAddress}`,
    `--output ${name}`,
  ];
  return ['istioctl x workload entry configure', ...options.map(option => `  ${option}`)].join(' \\\n');
}
