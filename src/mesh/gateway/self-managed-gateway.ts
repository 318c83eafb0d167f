import { Construct } from 'constructs';
import { ClientAddress } from './client-address';
import { GatewayBody, GatewayBodyProps } from './gateway-body';
import { GatewayExposure } from './gateway-exposure';
import { GatewayHost, GatewayHostProtocol } from './gateway-host';
import { GatewayListeners } from './gateway-listeners';
import { GatewayPolicyScope } from './gateway-policy-scope';
import { GatewayWorkload } from './gateway-workload';
import { istioFrontendTls, listenerTlsOptions } from './istio-listener-tls';
import { istioServerTls } from './istio-server-tls';
import { GatewayBinding, SelfManagedGatewayOptions } from './self-managed-gateway-options';
import { Gateway } from '../../gateway-api/gateway';
import { GatewayAddress } from '../../gateway-api/gateway-address';
import { GatewayClass } from '../../gateway-api/gateway-class';
import { ListenerNamespaces } from '../../gateway-api/listener-namespaces';
import { IstioGateway } from '../../istio/istio-gateway';
import { IstioServer } from '../../istio/istio-server';
import { PolicyEnforcement } from '../../istio/policy-scope';
import { ServerTls } from '../../istio/server-tls';
import { serviceHost } from '../../semantics/names';
import { EdgeGateway, GatewayEdgeEnforcement } from '../edge/gateway-edge-enforcement';
import { IstioEdge } from '../edge/istio-edge';
import { patternLabels } from '../pattern-labels';

interface SelfManagedGatewayProps extends GatewayBodyProps {
  readonly workload: SelfManagedGatewayOptions;
}

/** A gateway that is a Deployment of ours, with an Istio Gateway or a Gateway of Gateway API bound to its pods. */
export class SelfManagedGateway implements GatewayBody {
  public readonly workload: GatewayWorkload;
  public readonly istioGateway?: IstioGateway;
  public readonly gateway?: Gateway;
  public readonly serviceAccountName: string;
  public readonly policyScope: GatewayPolicyScope;

  private readonly listeners?: GatewayListeners;

  constructor(scope: Construct, private readonly props: SelfManagedGatewayProps) {
    const { name, namespace, workload: { binding, ...workload }, exposures = [GatewayExposure.external()], clientAddress } = props;
    this.workload = new GatewayWorkload(scope, 'Workload', {
      ...workload,
      podAnnotations: clientAddress === undefined ? workload.podAnnotations : clientAddress._annotate(`podAnnotations of gateway '${name}'`, workload.podAnnotations),
      name,
      namespace,
      exposures,
      seesPeer: clientAddress === ClientAddress.PEER,
    }).addStatusPort();
    this.serviceAccountName = this.workload.serviceAccount.name;
    this.policyScope = { selector: this.workload.selector, enforcement: PolicyEnforcement.PROXY };
    const metadata = { name, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) };
    if (binding === GatewayBinding.GATEWAY_API) {
      this.gateway = new Gateway(scope, 'Gateway', {
        metadata,
        gatewayClass: GatewayClass.ISTIO,
        allowedListeners: props.admitsListeners.length > 0 ? ListenerNamespaces.named(...props.admitsListeners) : undefined,
        // With the name of a Service, istiod makes no pods of its own, and binds those behind it.
        addresses: this.workload._servicesOfAllPods.map(service => GatewayAddress.hostname(serviceHost(service.name, namespace.name))),
        frontendTls: istioFrontendTls(props),
      });
      this.listeners = new GatewayListeners(scope, this.gateway, props, listenerTlsOptions(props));
    } else {
      this.istioGateway = new IstioGateway(scope, 'IstioGateway', { metadata, selector: this.workload.selector });
    }
  }

  public addHost(host: GatewayHost): void {
    if (this.listeners !== undefined) {
      this.listeners.addHost(host);
    } else {
      this.serve(host, this.istioGateway!);
    }
    this.open(host);
  }

  public edgeOf(gateway: EdgeGateway): GatewayEdgeEnforcement {
    return new IstioEdge({ ...gateway, policyScope: this.policyScope });
  }

  /** Every port of a host, in the order in which they are asked for: a redirect before what it redirects to. */
  private open({ protocol, port }: GatewayHost): void {
    if (protocol === GatewayHostProtocol.HTTP || (protocol === GatewayHostProtocol.HTTPS && this.props.redirect)) {
      this.workload.addPort(80, 'http2');
    }
    if (protocol !== GatewayHostProtocol.HTTP) {
      this.workload.addPort(port, port === 443 ? 'https' : `${protocol.toLowerCase()}-${port}`);
    }
  }

  private serve(host: GatewayHost, gateway: IstioGateway): void {
    const { admits, redirect } = this.props;
    const { protocol, hostname, certificates, port } = host;
    const hosts = (admits.length > 0 ? admits : ['.']).map(admitted => `${admitted}/${hostname}`);
    this.checkCertificates(host);
    switch (protocol) {
      case GatewayHostProtocol.HTTPS:
        if (redirect) {
          // A server that redirects answers by itself, whatever binds to it.
          gateway.addServer(IstioServer.http({ hosts: [hostname], httpsRedirect: true }));
        }
        gateway.addServer(IstioServer.https({ hosts, tls: istioServerTls(this.props, certificates) }));
        break;
      case GatewayHostProtocol.TLS:
        gateway.addServer(IstioServer.tls({ hosts, port, tls: ServerTls.passthrough() }));
        break;
      case GatewayHostProtocol.TCP:
        gateway.addServer(IstioServer.tcp({ hosts, port, name: `tcp-${port}` }));
        break;
      default:
        gateway.addServer(IstioServer.http({ hosts }));
    }
  }

  private checkCertificates({ hostname, certificates }: GatewayHost): void {
    const { name, namespace } = this.props;
    const elsewhere = certificates.find(each => each.namespace !== undefined && each.namespace !== namespace.name);
    if (elsewhere !== undefined) {
      throw new Error(`certificate '${elsewhere.name}' of host '${hostname}' must be in namespace '${namespace.name}' of gateway '${name}', ` +
        `got '${elsewhere.namespace}': Istio reads it beside the pods, and takes no ReferenceGrant`);
    }
  }
}
