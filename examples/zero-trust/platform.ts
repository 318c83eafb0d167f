import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { PolicyAgent } from './policy-agent';
import {
  AuthorizationPolicy, Certificate, ClientAddress, GatewayClass, GatewayForm, GatewayHost, IpAccessList, IstioFlux, IstioMesh, JwtKeys,
  JwtRequirement, JwtRule, MeshedGateway, MeshNamespace, MtlsMigration, MtlsStep, PolicyTarget, RequestAuthentication,
} from 'cdk8s-mesh';

export interface PlatformProps {
  readonly mesh: IstioMesh;
  /** The host under which customers reach the shop. */
  readonly hostname: string;
  /** Who issues the tokens of customers. */
  readonly issuer: string;
  /** The keys that tell whether it did. */
  readonly keys: JwtKeys;
}

/** What the platform team owns: the mesh, what holds everywhere in it, the way in, and the policy agent. */
export class Platform extends Chart {
  public readonly gateway: MeshedGateway;
  public readonly policyAgent: PolicyAgent;

  constructor(scope: Construct, id: string, { mesh, hostname, issuer, keys }: PlatformProps) {
    super(scope, id);
    new IstioFlux(this, 'Istio', { mesh });

    // Everywhere: no plain text, and nothing is allowed that no policy allows, also in namespaces that nobody has thought of yet.
    new MtlsMigration(this, 'Mtls', { mesh, step: MtlsStep.strict() });
    AuthorizationPolicy.allowNothing(this, 'AllowNothing', { metadata: { name: 'allow-nothing', namespace: mesh.rootNamespace } });
    this.policyAgent = new PolicyAgent(this, 'PolicyAgent', mesh);

    // The way in. One load balancer stands in front of it, and tells whom it serves.
    const clientAddress = ClientAddress.forwardedFor(1);
    const edge = new MeshNamespace(this, 'Edge', { mesh, name: 'edge', enrolled: false }).confine();
    this.gateway = new MeshedGateway(this, 'Gateway', {
      name: 'shop',
      namespace: edge,
      form: GatewayForm.provisioned(GatewayClass.ISTIO, { annotations: clientAddress.gatewayAnnotations }),
      hosts: [GatewayHost.https(hostname, Certificate.fromSecretName('shop-tls'))],
      admits: [MeshNamespace.fromNamespaceName(this, 'Storefront', 'storefront', { mesh })],
    });
    const targets = [PolicyTarget.gateway(this.gateway.gateway!)];
    const metadata = (name: string) => ({ name, namespace: edge.name });

    // Customers have no identity in the mesh: what they may do here is to name the host ...
    new AuthorizationPolicy(this, 'Customers', {
      metadata: metadata('customers'), targets, rules: [{ operations: [{ hosts: [hostname, `${hostname}:*`] }] }],
    });
    // ... with a token, but for the health of the shop, and for port 80, which only redirects ...
    new RequestAuthentication(this, 'Tokens', {
      metadata: metadata('tokens'),
      targets,
      rules: [JwtRule.issuer(issuer, { keys, audiences: ['shop'], outputClaimToHeaders: [{ claim: 'sub', header: 'x-customer' }] })],
      tokens: JwtRequirement.requiredAt([443], { paths: ['/healthz'] }),
    });
    // ... and not from here.
    new IpAccessList(this, 'Blocked', { metadata: metadata('blocked'), targets, clientAddress, denied: ['203.0.113.0/24', '2001:db8::/32'] });
  }
}
