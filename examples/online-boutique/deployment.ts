import { ApiObject, JsonPatch, Size } from 'cdk8s';
import { Capability, Cpu, Deployment, EnvValue, IServiceAccount, LabelSelector, Probe, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ServiceSpec } from './service-spec';

export interface DeploymentOptions {
  readonly spec: ServiceSpec;
  readonly namespace: string;
  readonly serviceAccount: IServiceAccount;
  /** One of the service's versions, when it has any. */
  readonly version?: string;
}

/** A placeholder: put your own registry here. */
const REGISTRY = 'registry.example.com/online-boutique';
const RELEASE = 'v0.10.3';

/** The pods of a service, or of one version of it. */
export function makeDeployment(scope: Construct, { spec, namespace, serviceAccount, version }: DeploymentOptions): Deployment {
  const { name, protocol, port, targetPort = port, replicas = 2, resources, scratch } = spec;
  const labels = { app: name, ...version !== undefined && { version } };
  const release = version === undefined ? RELEASE : spec.versions![version];
  const [cpuRequest, cpuLimit] = resources.cpuMillis.map(Cpu.millis);
  const [memoryRequest, memoryLimit] = resources.memoryMebibytes.map(Size.mebibytes);

  const deployment = new Deployment(scope, 'Deployment', {
    metadata: { name: version === undefined ? name : `${name}-${version}`, namespace, labels },
    podMetadata: { labels },
    select: false,
    replicas,
    serviceAccount,
    securityContext: { user: 1000, group: 1000, fsGroup: 1000 },
    containers: [{
      name: 'server',
      image: `${REGISTRY}/${name}:${release}`,
      ports: [{ name: protocol, number: targetPort }],
      envVariables: environment(spec),
      resources: { cpu: { request: cpuRequest, limit: cpuLimit }, memory: { request: memoryRequest, limit: memoryLimit } },
      securityContext: { user: 1000, group: 1000, capabilities: { drop: [Capability.ALL] } },
      readiness: readiness(spec),
      volumeMounts: scratch === undefined ? [] : [{ path: scratch, volume: Volume.fromEmptyDir(scope, 'Scratch', 'scratch') }],
    }],
  });
  deployment.select(LabelSelector.of({ labels }));
  if (protocol === 'grpc') {
    // cdk8s-plus has no probe for gRPC.
    ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/readinessProbe', { grpc: { port: targetPort } }));
  }
  return deployment;
}

function readiness({ protocol, port, targetPort = port }: ServiceSpec): Probe | undefined {
  switch (protocol) {
    case 'http': return Probe.fromHttpGet('/_healthz', { port: targetPort });
    case 'tcp-redis': return Probe.fromTcpSocket({ port: targetPort });
    case 'grpc': return undefined;
  }
}

/** The port to listen on, and the addresses of the services that it calls. */
function environment({ protocol, port, targetPort = port, calls = [], env }: ServiceSpec): { [name: string]: EnvValue } {
  const values: { [name: string]: string } = protocol === 'tcp-redis' ? {} : { PORT: `${targetPort}` };
  for (const { callee } of calls) {
    values[callee.addressVariable] = `${callee.name}:${callee.port}`;
  }
  return Object.fromEntries(Object.entries({ ...values, ...env }).map(([name, value]) => [name, EnvValue.fromValue(value)]));
}
