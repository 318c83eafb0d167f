import { Construct } from 'constructs';
import { allow, gatewayRules, requireReadable } from './egress-authorization';
import { AllowedService, EgressBody, EgressBodyProps, EgressIdentity, EgressRule, isRestricted } from './egress-body';
import { addGatewayEntry, addGatewayOrigination } from './egress-entry';
import { ProvisionedEgressOptions } from './egress-options';
import { ProvisionedHop } from './egress-provisioned-hop';
import { makeEgressRoutes } from './egress-routes';
import { requireOneHost, requireTellable } from './egress-tcp';
import { ExternalService } from './external-service';
import { Gateway } from '../../gateway-api/gateway';
import { GatewayClass } from '../../gateway-api/gateway-class';
import { PolicyTarget } from '../../istio/policy-target';
import { GatewayPodLabel } from '../../semantics/keys';

/** A gateway that istiod provisions, with routes of Gateway API. */
export class ProvisionedEgress implements EgressBody {
  public readonly identity = EgressIdentity.CHOSEN;
  public readonly gateway: Gateway;
  public readonly podLabels: { [key: string]: string };

  private readonly hop: ProvisionedHop;

  constructor(scope: Construct, private readonly props: EgressBodyProps, { revision, parameters }: ProvisionedEgressOptions) {
    const { name, namespace } = props;
    const { mesh } = namespace;
    mesh._members.provisioned.push({
      namespace: namespace.name, gateway: name, deployment: `${name}-istio`, revision: revision ?? mesh._istio?.revision, pinned: revision !== undefined,
    });
    const { gateway: { labels } } = mesh._enrolProvisionedGateway(GatewayClass.ISTIO, { revision });
    this.hop = new ProvisionedHop(scope, { ...props, labels, parameters });
    this.gateway = this.hop.gateway;
    this.podLabels = { [GatewayPodLabel.GATEWAY_NAME]: name };
  }

  public check(service: ExternalService, rule: EgressRule): void {
    requireReadable(service, rule);
    requireTellable(service, this.props.namespace.mesh);
    requireOneHost(service);
    service.ports.forEach(({ originatedTls }) => originatedTls?._checkSecret(this.props.namespace.name));
  }

  public open(allowed: AllowedService): void {
    const { scope, service } = allowed;
    const { metadata } = this.props;
    makeEgressRoutes(allowed, addGatewayEntry(scope, service, { metadata }), this.hop, metadata);
    // A BackendTLSPolicy would hold for proxies of applications too, which would begin TLS before the gateway.
    addGatewayOrigination(scope, service, { metadata, exportTo: ['.'] });
  }

  public authorize(allowed: readonly AllowedService[], closed: boolean): void {
    if (closed || allowed.some(isRestricted)) {
      const scope = { metadata: this.props.metadata, targets: [PolicyTarget.gateway(this.gateway)] };
      allowed.forEach(one => allow(one, scope, gatewayRules(one)));
    }
  }
}
