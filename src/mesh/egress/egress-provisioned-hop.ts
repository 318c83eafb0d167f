import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { HTTP2 } from './egress-entry';
import { otherPort } from './egress-path';
import { ExternalPort, ExternalProtocol } from './external-port';
import { Backend } from '../../gateway-api/backend';
import { Gateway } from '../../gateway-api/gateway';
import { GatewayClass } from '../../gateway-api/gateway-class';
import { Listener } from '../../gateway-api/listener';
import { LocalObjectReference } from '../../gateway-api/local-object-reference';
import { RouteParent } from '../../gateway-api/route-parent';
import { ClientTls } from '../../istio/client-tls';
import { DestinationRule } from '../../istio/destination-rule';
import { IstioHost } from '../../istio/istio-host';
import { TrafficPolicySettings } from '../../istio/traffic-policy';
import { IstioGatewayAnnotation, IstioListenerOption } from '../../semantics/keys';
import { checkDnsLabel, hostSlug } from '../../semantics/names';
import { proxyServiceAccount } from '../gateway/provisioned-proxy';
import { IMeshNamespace } from '../mesh-client';

interface HopProps {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly labels: { [key: string]: string };
  readonly parameters?: LocalObjectReference;
  readonly metadata: (name: string) => ApiObjectMetadata;
}

/** How far off the gateway's ports for gRPC are, which is called by HTTP/2 alone, as HTTP is not. */
const GRPC_OFFSET = 11_000;

/** How a listener ends the mesh's own TLS. */
const ISTIO_MUTUAL = { [IstioListenerOption.TLS_TERMINATE_MODE]: 'ISTIO_MUTUAL' };

/** A gateway that istiod provisions, as routes on the way out need it: listeners as they are asked for, and how its Service is called. */
export class ProvisionedHop {
  public readonly gateway: Gateway;
  private readonly service: string;
  private rule?: DestinationRule;

  constructor(private readonly scope: Construct, private readonly props: HopProps) {
    const { name, labels, parameters, metadata } = props;
    this.service = checkDnsLabel(proxyServiceAccount(name, GatewayClass.ISTIO)!, 'name of the egress gateway with that of its class');
    const base = metadata(name);
    this.gateway = new Gateway(scope, 'Gateway', {
      metadata: { ...base, labels: { ...base.labels, ...labels }, annotations: { [IstioGatewayAnnotation.SERVICE_TYPE]: 'ClusterIP' } },
      gatewayClass: GatewayClass.ISTIO,
      // Once anything is said here, the Gateway's own labels are no longer copied.
      infrastructure: parameters && { labels, parameters, annotations: { [IstioGatewayAnnotation.SERVICE_TYPE]: 'ClusterIP' } },
    });
  }

  /** The port of the gateway's Service. */
  public backend(port: number): Backend {
    return Backend.serviceName(this.service, { port });
  }

  /** The listener for a port of a host, made when it is first asked for. */
  public listener(host: string, port: ExternalPort, identified: boolean): { readonly parent: RouteParent; readonly port: number } {
    const listener = port._isReadable ? this.readable(port, identified) : this.opaque(host, port, identified);
    return { parent: RouteParent.gateway(this.gateway, { listener: listener.name }), port: listener.port };
  }

  private readable(port: ExternalPort, identified: boolean): Listener {
    if (identified) {
      return this.shared(port);
    }
    const name = port.port === 80 ? 'http' : `http-${port.port}`;
    return this.find(name) ?? this.add(Listener.http({ name, port: port.port }));
  }

  private opaque(host: string, port: ExternalPort, identified: boolean): Listener {
    const isTls = port.protocol === ExternalProtocol.TLS;
    const number = port.gatewayPort ?? (identified ? otherPort(port.port) : port.port);
    const shared = this.gateway.listeners!.find(listener => listener.port === number && (identified || !isTls || listener.protocol !== 'TLS'));
    if (shared !== undefined) {
      throw new Error(`port ${number} of egress gateway '${this.props.name}' is taken by listener '${shared.name}', so that connections to external host '${host}' ` +
        'could not be told apart: pass gatewayPort');
    }
    const options = { name: `${isTls ? 'tls' : 'tcp'}-${hostSlug(host)}${port.port === 443 ? '' : `-${port.port}`}`, port: number };
    if (!identified) {
      return this.add(isTls ? Listener.tlsPassthrough({ ...options, hostname: host }) : Listener.tcp(options));
    }
    const listener = this.add(Listener.tlsTerminate({ ...options, hostname: host, tlsOptions: ISTIO_MUTUAL }));
    this.callByMtls(number, { tls: ClientTls.istioMutual({ sni: host }) });
    return listener;
  }

  /** One for all hosts that are called on a port: requests say their host themselves, but not the port. */
  private shared({ port, _isGrpc }: ExternalPort): Listener {
    const number = otherPort(port, _isGrpc ? GRPC_OFFSET : undefined);
    const name = `mtls${_isGrpc ? '-grpc' : ''}${port === 80 ? '' : `-${port}`}`;
    const listener = this.find(name);
    if (listener !== undefined) {
      return listener;
    }
    this.callByMtls(number, { tls: ClientTls.istioMutual(), connectionPool: _isGrpc ? HTTP2 : undefined });
    return this.add(Listener.https({ name, port: number, tlsOptions: ISTIO_MUTUAL }));
  }

  private add(listener: Listener): Listener {
    this.gateway.addListener(listener);
    return listener;
  }

  private callByMtls(port: number, settings: TrafficPolicySettings): void {
    const { name, namespace, metadata } = this.props;
    this.rule ??= new DestinationRule(this.scope, 'DestinationRule', {
      metadata: metadata(name), host: IstioHost.serviceName(this.service, namespace.name),
    });
    this.rule.addPortLevelSettings({ port, ...settings });
  }

  private find(name: string): Listener | undefined {
    return this.gateway.listeners!.find(listener => listener.name === name);
  }
}
