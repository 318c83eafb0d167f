import { Construct } from 'constructs';
import { CROSS_NETWORK_PORT, EastWestFacts, ISTIOD_PORTS, istiodName, istiodServerNames } from './east-west-facts';
import { SelfManagedEastWestOptions } from './east-west-form';
import { Destination } from '../../istio/destination';
import { IstioGateway } from '../../istio/istio-gateway';
import { IstioHost } from '../../istio/istio-host';
import { IstioServer } from '../../istio/istio-server';
import { ServerTls } from '../../istio/server-tls';
import { VirtualService } from '../../istio/virtual-service';
import { IstioLabel } from '../../semantics/keys';
import { GatewayExposure } from '../gateway/gateway-exposure';
import { GatewayWorkload } from '../gateway/gateway-workload';

/** By what the proxy says that it wants endpoints of its own network only. */
const NETWORK_VIEW = 'ISTIO_META_REQUESTED_NETWORK_VIEW';

/** The pods of an east-west gateway, and Istio Gateways bound to them. */
export function makeSelfManaged(scope: Construct, facts: EastWestFacts, form: SelfManagedEastWestOptions): GatewayWorkload {
  const { exposure = GatewayExposure.external(), ...options } = form;
  const { name, namespace, network, serviceHosts, gatewayPort } = facts;
  const networkLabel = network && { [IstioLabel.TOPOLOGY_NETWORK]: network.name };
  const workload = new GatewayWorkload(scope, 'Workload', {
    ...options,
    exposures: [exposure],
    name,
    namespace,
    component: 'east-west-gateway',
    podLabels: { ...options.podLabels, ...networkLabel },
    environment: { ...options.environment, ...network && { [NETWORK_VIEW]: network.name } },
  }).addStatusPort();
  if (serviceHosts !== undefined) {
    Object.entries(networkLabel ?? {}).forEach(([key, value]) => workload.service.metadata.addLabel(key, value));
    if (gatewayPort !== CROSS_NETWORK_PORT) {
      workload.service.metadata.addLabel(IstioLabel.GATEWAY_PORT, `${gatewayPort}`);
    }
    workload.addPort(gatewayPort, 'tls');
  }
  if (serviceHosts !== undefined && !facts.remote) {
    new IstioGateway(scope, 'CrossNetwork', {
      metadata: facts.metadata('cross-network-gateway'),
      selector: workload.selector,
      servers: [IstioServer.tls({ name: 'tls', port: gatewayPort, hosts: [...serviceHosts], tls: ServerTls.autoPassthrough() })],
    });
  }
  if (facts.controlPlanes !== undefined) {
    exposeIstiod(scope, facts, facts.controlPlanes, workload);
  }
  return workload;
}

/** Passes TLS on to istiod, whose own certificate the others know. */
function exposeIstiod(scope: Construct, { namespace, metadata }: EastWestFacts, revisions: readonly string[], workload: GatewayWorkload): void {
  const { rootNamespace } = namespace.mesh;
  const hosts = revisions.flatMap(revision => istiodServerNames(revision, rootNamespace));
  const gateway = new IstioGateway(scope, 'Istiod', {
    metadata: metadata('istiod-gateway'),
    selector: workload.selector,
    servers: ISTIOD_PORTS.map(({ port, name }) => IstioServer.tls({ name, port, hosts, tls: ServerTls.passthrough() })),
  });
  ISTIOD_PORTS.forEach(({ port, name }) => workload.addPort(port, name));
  new VirtualService(scope, 'IstiodRoutes', {
    metadata: metadata('istiod-vs'),
    hosts: hosts.map(host => IstioHost.of(host)),
    gateways: [gateway],
    tlsRoutes: revisions.flatMap(revision => ISTIOD_PORTS.map(({ port, target }) => ({
      matches: [{ port, sniHosts: istiodServerNames(revision, rootNamespace) }],
      destinations: [{ destination: Destination.host(IstioHost.serviceName(istiodName(revision), rootNamespace), { port: target }) }],
    }))),
  });
}
