import { Duration } from 'cdk8s';
import { ConfigMap, Deployment, LabelSelector, Service, ServiceAccount, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Microservice } from './microservice';
import { ExternalAuthorizer, Mesh, MeshNamespace, MeshWorkload, ProviderService } from 'cdk8s-mesh';

const PORT = 9191;
const METADATA = { name: 'opa', namespace: 'policy', labels: { app: 'opa' } };

/** Open Policy Agent, as the mesh declares it: what cannot be asked denies. */
export const POLICY_AGENT = ExternalAuthorizer.openPolicyAgent('opa', {
  service: ProviderService.serviceName(METADATA.name, METADATA.namespace, PORT), timeout: Duration.seconds(1),
});

/** Whoever refunds must say who approved it. */
const REFUNDS = `package refunds

default allow := false

allow if input.attributes.request.http.headers["x-approved-by"] != ""
`;

/** The pods of Open Policy Agent. Only those who ask it may call it. */
export class PolicyAgent extends Construct {
  public readonly namespace: MeshNamespace;

  private readonly workload: MeshWorkload;

  constructor(scope: Construct, id: string, mesh: Mesh) {
    super(scope, id);
    this.namespace = new MeshNamespace(this, 'Namespace', { mesh, name: METADATA.namespace }).confine();
    const policies = new ConfigMap(this, 'Policies', { metadata: METADATA, data: { 'refunds.rego': REFUNDS } });
    const deployment = new Deployment(this, 'Deployment', {
      metadata: METADATA,
      podMetadata: { labels: METADATA.labels },
      select: false,
      serviceAccount: new ServiceAccount(this, 'ServiceAccount', { metadata: METADATA }),
      containers: [{
        image: 'openpolicyagent/opa:1.4.2-envoy',
        args: ['run', '--server', `--set=plugins.envoy_ext_authz_grpc.addr=:${PORT}`, '--set=plugins.envoy_ext_authz_grpc.path=refunds/allow', '/policies'],
        portNumber: PORT,
        volumeMounts: [{ path: '/policies', volume: Volume.fromConfigMap(this, 'Volume', policies) }],
      }],
    });
    deployment.select(LabelSelector.of({ labels: METADATA.labels }));
    new Service(this, 'Service', { metadata: METADATA, ports: [{ name: 'grpc', port: PORT }] }).selectLabel('app', METADATA.name);
    this.workload = new MeshWorkload(this, 'Workload', { namespace: this.namespace, workload: deployment });
  }

  /** Lets the proxies of a service ask. */
  public answer(asker: Microservice): this {
    asker.namespace.reach(this.namespace);
    this.workload.allowFrom(asker.workload, { ports: [PORT] });
    return this;
  }
}
