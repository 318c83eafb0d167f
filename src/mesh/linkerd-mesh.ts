import { Construct } from 'constructs';
import { LinkerdIdentity } from './authority/linkerd-identity';
import { ProvidedSecret } from './authority/provided-secret';
import { CalledPods, CallPolicies } from './calls/call-policies';
import { closeLinkerdNamespace, LinkerdCallPolicies } from './calls/linkerd-call-policies';
import { LINKERD_CANARY } from './canary/canary-mesh';
import { shareInLinkerd } from './clusters/linkerd-shared-service';
import type { ServiceShare } from './clusters/shared-service';
import { linkerdUpgradePlan } from './control-plane/linkerd-upgrade-plan';
import { UpgradePlan } from './control-plane/upgrade-plan';
import { EgressKind } from './egress/egress-kind';
import { enrolLinkerdPods, leaveOutLinkerdPods, linkerdNamespaceProxy } from './enrolment/linkerd-pod-enrolment';
import { ProxyOptions } from './enrolment/proxy-options';
import { requireProxyPods } from './gateway/provisioned-proxy';
import { Enrolment, GatewayPodOptions, Mesh, NamespaceEnrolmentOptions, PodsToEnrol, ProvisionedGatewayEnrolment } from './mesh';
import { IMeshNamespace } from './mesh-client';
import { linkerdPublicPods } from './nginx/nginx-pod-options';
import { CertManagerCertificate } from '../certificates/cert-manager-certificate';
import { IGatewayClass } from '../gateway-api/gateway-class';
import { LinkerdAccessPolicy } from '../linkerd/linkerd-access-policy';
import { GatewayController } from '../semantics/gateway-controller';
import { LinkerdAnnotation } from '../semantics/keys';
import { declareMesh } from '../semantics/mesh-declaration';

/** Properties of a Linkerd mesh. */
export interface LinkerdMeshProps {
  /**
   * The trust domain of the mesh's identities.
   *
   * @default 'cluster.local'
   */
  readonly trustDomain?: string;

  /**
   * The namespace of the control plane.
   *
   * @default 'linkerd'
   */
  readonly rootNamespace?: string;

  /**
   * Who signs the certificates of workloads.
   *
   * @default - it is not known here: `helmValues` needs it
   */
  readonly identity?: LinkerdIdentity;
}

/**
 * A Linkerd mesh.
 *
 * @see https://linkerd.io/2-edge/features/proxy-injection/
 */
export class LinkerdMesh extends Mesh {
  /** The name of the mesh in messages. */
  public readonly meshName = 'Linkerd';
  /** The trust domain of the mesh's identities. */
  public readonly trustDomain: string;
  /** The namespace of the control plane. */
  public readonly rootNamespace: string;
  /**
   * Who signs the certificates of workloads.
   *
   * @default - it is not known here
   */
  public readonly identity?: LinkerdIdentity;

  /** @internal */
  public readonly _istio = undefined;

  /** @internal */
  public readonly _canary = LINKERD_CANARY;

  constructor(scope: Construct, id: string, props: LinkerdMeshProps = {}) {
    super(scope, id);
    this.trustDomain = props.trustDomain ?? 'cluster.local';
    this.rootNamespace = props.rootNamespace ?? 'linkerd';
    this.identity = props.identity;
    declareMesh(scope, 'linkerd');
  }

  /**
   * The name by which policies know a workload, such as `web.shop.serviceaccount.identity.linkerd.cluster.local`.
   *
   * @param namespace the namespace of the workload
   * @param serviceAccount its service account
   */
  public principal(namespace: string, serviceAccount: string): string {
    return `${serviceAccount}.${namespace}.serviceaccount.identity.${this.rootNamespace}.${this.trustDomain}`;
  }

  /** The Secrets that the mesh needs and nobody may write in the app, because they have private keys. */
  public get providedSecrets(): ProvidedSecret[] {
    return this.identity?._secrets(this.rootNamespace) ?? [];
  }

  /**
   * The values with which the chart `linkerd-control-plane` installs this mesh.
   *
   * @throws when it is not known who signs certificates: the chart would need a private key
   */
  public helmValues(): { [key: string]: any } {
    return { identityTrustDomain: this.trustDomain, ...this.requireIdentity('helmValues')._values() };
  }

  /**
   * Makes the Certificate by which cert-manager makes and renews the identity issuer.
   *
   * @param scope where it is made
   * @param id its id
   * @throws when the identity issuer is not `LinkerdIdentity.certManager`
   */
  public issueIdentityIssuer(scope: Construct, id: string): CertManagerCertificate {
    return this.requireIdentity('issueIdentityIssuer')._issue(scope, id, this);
  }

  /** How Linkerd is upgraded in place, and what has to restart for it. It knows what is declared so far: ask when all is. */
  public upgradePlan(): UpgradePlan {
    return linkerdUpgradePlan(this);
  }

  /** @internal */
  public _enrolNamespace(name: string, { managedDataPlane }: NamespaceEnrolmentOptions): Enrolment {
    if (managedDataPlane !== undefined) {
      throw new Error(`managedDataPlane of namespace '${name}' needs a managed Istio, got ${managedDataPlane} in a Linkerd mesh: leave it out`);
    }
    return { labels: {}, annotations: { [LinkerdAnnotation.INJECT]: 'enabled' } };
  }

  /** @internal */
  public _enrolPods(pods: PodsToEnrol, options: ProxyOptions): Enrolment {
    return enrolLinkerdPods(pods, options);
  }

  /** @internal */
  public _publicPods(publicPorts: number[], healthPort: number): ProxyOptions {
    return linkerdPublicPods(publicPorts, healthPort);
  }

  /** @internal */
  public _leaveOutPods(): Enrolment {
    return leaveOutLinkerdPods();
  }

  /** @internal */
  public _namespaceProxy(namespace: string, options: ProxyOptions): { [key: string]: string } {
    return linkerdNamespaceProxy(namespace, options);
  }

  /** @internal */
  public _enrolProvisionedGateway(gatewayClass: IGatewayClass, { revision, linkerdIngressMode }: GatewayPodOptions): ProvisionedGatewayEnrolment {
    if (revision !== undefined) {
      throw new Error(`revision needs an Istio mesh, got '${revision}' in a Linkerd mesh: leave it out`);
    }
    if (gatewayClass.controller?.name === GatewayController.ISTIO.name) {
      throw new Error(`gateway class '${gatewayClass.name}' is a proxy of Istio: in a Linkerd mesh use another class`);
    }
    requireProxyPods(gatewayClass);
    return {
      gateway: { labels: {}, annotations: {} },
      // Clients from outside have no identity, and the namespace may refuse such clients.
      infrastructure: {
        labels: {},
        annotations: {
          [LinkerdAnnotation.INJECT]: linkerdIngressMode ? 'ingress' : 'enabled',
          [LinkerdAnnotation.DEFAULT_INBOUND_POLICY]: LinkerdAccessPolicy.ALL_UNAUTHENTICATED,
        },
      },
    };
  }

  /** @internal */
  public _egressKinds(): EgressKind[] {
    return [EgressKind.EGRESS_NETWORK];
  }

  /** @internal */
  public _closeNamespace(_: Construct, namespace: IMeshNamespace): void {
    closeLinkerdNamespace(namespace);
  }

  /** @internal */
  public _closeMesh(): void {
    throw new Error('a Linkerd mesh is closed by its installation, got MeshClosure: set proxy.defaultInboundPolicy to deny in the values of its chart, ' +
      'or close namespaces one by one');
  }

  /** @internal */
  public _callPolicies(scope: Construct, pods: CalledPods): CallPolicies {
    return new LinkerdCallPolicies(scope, pods);
  }

  /** @internal */
  public _enrolGatewayPod(): Enrolment {
    throw new Error('a self-managed gateway needs an Istio mesh: Linkerd has no gateway proxy, use GatewayForm.provisioned(gatewayClass)');
  }

  /** @internal */
  public _shareService(_: Construct, share: ServiceShare): void {
    shareInLinkerd(share);
  }

  private requireIdentity(what: string): LinkerdIdentity {
    if (this.identity === undefined) {
      throw new Error(`${what} needs to know who signs certificates: pass identity: LinkerdIdentity.certManager(issuer, trustRoots) to the mesh`);
    }
    return this.identity;
  }
}
