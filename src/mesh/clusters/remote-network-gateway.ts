import { Construct } from 'constructs';
import { registerRemoteNetwork } from './east-west-registry';
import { Gateway } from '../../gateway-api/gateway';
import { GatewayAddress } from '../../gateway-api/gateway-address';
import { GatewayClass } from '../../gateway-api/gateway-class';
import { Listener } from '../../gateway-api/listener';
import { ListenerTls } from '../../gateway-api/listener-tls';
import { IstioNetwork } from '../../istio/istio-network';
import { isIpAddress } from '../../semantics/ip-address';
import { IstioGatewayAnnotation, IstioLabel, IstioListenerOption } from '../../semantics/keys';
import { checkDnsLabel } from '../../semantics/names';
import { checkPort } from '../../semantics/port';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** Properties of a RemoteNetworkGateway. */
export interface RemoteNetworkGatewayProps {
  /** The namespace of the control plane, and with it the mesh whose proxies go there. */
  readonly namespace: IMeshNamespace;

  /** The network that is entered there. */
  readonly network: IstioNetwork;

  /** The IP addresses or host names of the gateway there, at least one. */
  readonly addresses: string[];

  /**
   * The name of the Gateway.
   *
   * @default - the network and `-gateway`
   */
  readonly name?: string;

  /**
   * The port, 1 to 65535; sidecars only, because ambient networks are entered at 15008.
   *
   * @default 15443
   */
  readonly gatewayPort?: number;

  /**
   * The service account of the gateway there, in a namespace of the same name; ambient clients verify it.
   *
   * @default 'istio-eastwestgateway'
   */
  readonly serviceAccount?: string;
}

const HBONE_PORT = 15008;
const CROSS_NETWORK_PORT = 15443;

/**
 * Where another network is entered that istiod cannot ask: one of another owner, or of machines. Nothing runs for it.
 *
 * Networks of clusters whose API server istiod reads need none: it finds their gateways by label.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/
 */
export class RemoteNetworkGateway extends Construct {
  /** The network that is entered there. */
  public readonly network: IstioNetwork;
  /** The Gateway. */
  public readonly gateway: Gateway;

  /**
   * @throws when the mesh is not Istio, there is no address, one is neither an IP address nor a host name, or a port is given in an ambient mesh
   */
  constructor(scope: Construct, id: string, props: RemoteNetworkGatewayProps) {
    super(scope, id);
    const { namespace, network, addresses, gatewayPort } = props;
    const ambient = !namespace.mesh._requireIstio('RemoteNetworkGateway', 'its own command makes the Links of clusters').sidecars;
    this.network = network;
    const name = checkDnsLabel(props.name ?? `${network.name}-gateway`, 'name of the remote gateway');
    if (addresses.length === 0) {
      throw new Error(`addresses of remote gateway '${name}' must have at least one address, got none: it is where network '${network.name}' is entered`);
    }
    if (ambient && gatewayPort !== undefined) {
      throw new Error(`gatewayPort of remote gateway '${name}' is for sidecars only, got ${gatewayPort} in an ambient mesh: leave it out`);
    }
    const port = checkPort(gatewayPort ?? CROSS_NETWORK_PORT, `gatewayPort of remote gateway '${name}'`);
    this.gateway = new Gateway(this, 'Gateway', {
      metadata: {
        name,
        namespace: namespace.name,
        labels: {
          ...patternLabels('remote-network-gateway', name),
          [IstioLabel.TOPOLOGY_NETWORK]: network.name,
          ...port !== CROSS_NETWORK_PORT && { [IstioLabel.GATEWAY_PORT]: `${port}` },
        },
        annotations: { [IstioGatewayAnnotation.SERVICE_ACCOUNT]: props.serviceAccount ?? 'istio-eastwestgateway' },
      },
      gatewayClass: GatewayClass.ISTIO_REMOTE,
      addresses: addresses.map(address => isIpAddress(address) ? GatewayAddress.ipAddress(address) : GatewayAddress.hostname(address)),
      listeners: [ambient ?
        Listener.custom('HBONE', { name: 'cross-network', port: HBONE_PORT, tls: ListenerTls.passthrough() }) :
        Listener.tlsPassthrough({ name: 'cross-network', port, tlsOptions: { [IstioListenerOption.LISTENER_PROTOCOL]: 'auto-passthrough' } })],
    });
    registerRemoteNetwork(namespace.mesh, network.name);
  }
}
