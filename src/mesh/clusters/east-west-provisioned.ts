import { Yaml } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CROSS_NETWORK_PORT, EastWestFacts, ISTIOD_PORTS, istiodName, istiodServerNames } from './east-west-facts';
import { ProvisionedEastWestOptions } from './east-west-form';
import { Backend } from '../../gateway-api/backend';
import { Gateway } from '../../gateway-api/gateway';
import { GatewayClass } from '../../gateway-api/gateway-class';
import { Listener } from '../../gateway-api/listener';
import { ListenerTls } from '../../gateway-api/listener-tls';
import { LocalObjectReference } from '../../gateway-api/local-object-reference';
import { RouteParent } from '../../gateway-api/route-parent';
import { TlsRoute } from '../../gateway-api/tls-route';
import { IstioLabel, IstioListenerOption } from '../../semantics/keys';

const HBONE_PORT = 15008;
const NETWORK_VIEW = 'ISTIO_META_REQUESTED_NETWORK_VIEW';

/** An east-west gateway that Istio provisions from a Gateway. */
export function makeProvisioned(scope: Construct, facts: EastWestFacts, { revision, annotations }: ProvisionedEastWestOptions): Gateway {
  const { name, namespace, network, serviceHosts, gatewayPort, ambient } = facts;
  const rev = revision ?? namespace.mesh._requireIstio('EastWestGateway', 'its multicluster chart has a gateway').revision;
  const labels = {
    ...network && { [IstioLabel.TOPOLOGY_NETWORK]: network.name },
    ...rev !== undefined && { [IstioLabel.REV]: rev },
    ...gatewayPort !== CROSS_NETWORK_PORT && { [IstioLabel.GATEWAY_PORT]: `${gatewayPort}` },
  };
  const metadata = facts.metadata(name, labels);
  namespace.mesh._members.provisioned.push({
    namespace: namespace.name, gateway: name, deployment: ambient ? name : `${name}-istio`, revision: rev, pinned: revision !== undefined,
  });
  const gateway = new Gateway(scope, 'Gateway', {
    metadata,
    gatewayClass: ambient ? GatewayClass.ISTIO_EAST_WEST : GatewayClass.ISTIO,
    infrastructure: {
      // Once anything is said here, the Gateway's own labels are no longer copied.
      labels: metadata.labels,
      annotations,
      parameters: ambient || !network ? undefined : viewOf(scope, facts, network.name),
    },
    listeners: serviceHosts && (ambient ? [hbone()] : serviceHosts.map((host, index) => crossNetwork(host, index, gatewayPort))),
  });
  if (facts.controlPlanes !== undefined) {
    exposeIstiod(scope, facts, facts.controlPlanes, gateway);
  }
  return gateway;
}

/** What the template of the class leaves out, without which the gateway would send on to gateways of other networks. */
function viewOf(scope: Construct, { name, metadata }: EastWestFacts, network: string): LocalObjectReference {
  const overlay = { spec: { template: { spec: { containers: [{ name: 'istio-proxy', env: [{ name: NETWORK_VIEW, value: network }] }] } } } };
  const parameters = new ConfigMap(scope, 'Parameters', { metadata: metadata(`${name}-parameters`), data: { deployment: Yaml.stringify(overlay) } });
  return { group: '', kind: 'ConfigMap', name: parameters.name };
}

function hbone(): Listener {
  return Listener.custom('HBONE', {
    name: 'mesh', port: HBONE_PORT, tls: ListenerTls.terminate({ options: { [IstioListenerOption.TLS_TERMINATE_MODE]: 'ISTIO_MUTUAL' } }),
  });
}

function crossNetwork(hostname: string, index: number, port: number): Listener {
  return Listener.tlsPassthrough({
    name: index === 0 ? 'cross-network' : `cross-network-${index + 1}`,
    port,
    hostname,
    tlsOptions: { [IstioListenerOption.LISTENER_PROTOCOL]: 'auto-passthrough' },
  });
}

/** Passes TLS on to istiod, whose own certificate the others know. */
function exposeIstiod(scope: Construct, { namespace, metadata }: EastWestFacts, revisions: readonly string[], gateway: Gateway): void {
  const { rootNamespace } = namespace.mesh;
  for (const { port, target, listener } of ISTIOD_PORTS) {
    gateway.addListener(Listener.tlsPassthrough({ name: listener, port }));
    for (const revision of revisions) {
      const name = revision === '' ? listener : `${listener}-${revision}`;
      new TlsRoute(scope, name, {
        metadata: metadata(name),
        parents: [RouteParent.gateway(gateway, { listener })],
        hostnames: istiodServerNames(revision, rootNamespace),
        backends: [{ backend: Backend.serviceName(istiodName(revision), { namespace: rootNamespace, port: target }) }],
      });
    }
  }
}
