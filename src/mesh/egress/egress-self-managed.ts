import { Construct } from 'constructs';
import { allow, gatewayRules, requireReadable } from './egress-authorization';
import { AllowedService, EgressBody, EgressBodyProps, EgressIdentity, EgressRule, isRestricted } from './egress-body';
import { addGatewayEntry, addGatewayOrigination } from './egress-entry';
import { EgressHop, makeEgressPath } from './egress-path';
import { requireOneHost, requireTellable } from './egress-tcp';
import { ExternalService } from './external-service';
import { DestinationRule } from '../../istio/destination-rule';
import { IstioGateway } from '../../istio/istio-gateway';
import { IstioHost } from '../../istio/istio-host';
import { GatewayWorkload, GatewayWorkloadOptions } from '../gateway/gateway-workload';

/** A gateway of Istio that is a Deployment of ours, with Istio's own kinds. */
export class SelfManagedEgress implements EgressBody {
  public readonly identity = EgressIdentity.CHOSEN;
  public readonly workload: GatewayWorkload;
  public readonly istioGateway: IstioGateway;
  public readonly podLabels: { [key: string]: string };

  private readonly hop: EgressHop;
  private rule?: DestinationRule;

  constructor(scope: Construct, private readonly props: EgressBodyProps, workload: GatewayWorkloadOptions) {
    const { name, namespace, metadata } = props;
    this.workload = new GatewayWorkload(scope, 'Workload', { ...workload, name, namespace, component: 'egress-gateway' });
    this.podLabels = this.workload.selector.matchLabels;
    this.istioGateway = new IstioGateway(scope, 'IstioGateway', { metadata: metadata(name), selector: this.workload.selector });
    this.hop = {
      istioGateway: this.istioGateway,
      host: IstioHost.serviceName(name, namespace.name),
      rule: () => this.rule ??= new DestinationRule(scope, 'DestinationRule', { metadata: metadata(name), host: this.hop.host }),
      open: (port, portName) => this.workload.addPort(port, portName),
    };
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
    addGatewayEntry(scope, service, { metadata });
    service.hostnames.forEach(host => {
      const own = host === service.hostname ? scope : new Construct(scope, host);
      makeEgressPath(own, host, allowed, this.hop, metadata);
    });
    // For the gateway only: proxies of applications would begin TLS too.
    addGatewayOrigination(scope, service, { metadata, exportTo: ['.'] });
  }

  /** An ALLOW policy refuses all that no policy allows: as soon as one host has a client list, or the namespace is closed, every host needs one. */
  public authorize(allowed: readonly AllowedService[], closed: boolean): void {
    if (closed || allowed.some(isRestricted)) {
      allowed.forEach(one => allow(one, { metadata: this.props.metadata, selector: this.workload.selector }, gatewayRules(one)));
    }
  }
}
