import { Construct } from 'constructs';
import { CalledPods, CallPolicies } from './call-policies';
import { LINKERD_CANARY } from './canary-mesh';
import { EgressKind } from './egress-kind';
import { closeLinkerdNamespace, LinkerdCallPolicies } from './linkerd-call-policies';
import { enrolLinkerdPods, leaveOutLinkerdPods, linkerdNamespaceProxy } from './linkerd-pod-enrolment';
import { shareInLinkerd } from './linkerd-shared-service';
import { linkerdUpgradePlan } from './linkerd-upgrade-plan';
import { Enrolment, GatewayPodOptions, Mesh, NamespaceEnrolmentOptions, PodsToEnrol, ProvisionedGatewayEnrolment } from './mesh';
import { IMeshNamespace } from './mesh-client';
import { linkerdPublicPods } from './nginx-pod-options';
import { requireProxyPods } from './provisioned-proxy';
import { ProxyOptions } from './proxy-options';
import type { ServiceShare } from './shared-service';
import { UpgradePlan } from './upgrade-plan';
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

  /** @internal */
  public readonly _istio = undefined;

  /** @internal */
  public readonly _canary = LINKERD_CANARY;

  constructor(scope: Construct, id: string, props: LinkerdMeshProps = {}) {
    super(scope, id);
    this.trustDomain = props.trustDomain ?? 'cluster.local';
    this.rootNamespace = props.rootNamespace ?? 'linkerd';
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
}
