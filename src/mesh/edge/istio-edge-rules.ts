import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { preciseHosts } from './istio-edge-virtual-hosts';
import { AuthorizationCondition } from '../../istio/authorization-condition';
import { AuthorizationOperation, AuthorizationRule } from '../../istio/authorization-rule';
import { covers } from '../../semantics/hostname';
import { withPorts } from '../calls/hosts-with-ports';
import { GatewayHost, GatewayHostProtocol } from '../gateway/gateway-host';

/** The ports of GatewayHost.http and https. */
const PLAIN = 80;
const ENCRYPTED = 443;

/**
 * Makes the rules of a policy about requests to hosts, for those that the gateway has and those that it gets. What is no HTTP has none of what the rules look at, and
 * is left alone: other ports are not named, and TLS that is passed on is known by its server name. Port 80 of a host with a certificate only redirects.
 *
 * @param gateway the gateway
 * @param scope the hosts
 * @param what what the policy does, as `ask for tokens`
 * @param more what else a rule says; it holds for each of its operations
 * @param add takes a rule
 */
export function edgeRules(
  gateway: IstioEdgeGateway, scope: EdgeScope, what: string, more: AuthorizationRule, add: (rule: AuthorizationRule) => void,
): void {
  const conditions = [...more.conditions ?? [], ...passedOn(gateway, what)];
  const addFor = (operations: AuthorizationOperation[]) => add({
    ...more,
    operations: operations.flatMap(operation => (more.operations ?? [{}]).map(other => ({ ...other, ...operation }))),
    conditions: conditions.length > 0 ? conditions : undefined,
  });
  if (scope.hosts !== undefined) {
    const { encrypted, plain } = preciseHosts(gateway, scope.hosts, what);
    addFor([
      ...encrypted.length > 0 ? [{ hosts: withPorts(encrypted), ports: [ENCRYPTED] }] : [],
      ...plain.length > 0 ? [{ hosts: withPorts(plain), ports: [PLAIN] }] : [],
    ]);
  } else {
    addFor([{ ports: [ENCRYPTED] }]);
    const addPlain = ({ protocol, hostname }: GatewayHost) => {
      if (protocol === GatewayHostProtocol.HTTP) {
        addFor([{ ports: [PLAIN], hosts: hostname.startsWith('*') ? undefined : withPorts([hostname]) }]);
      }
    };
    gateway.hosts().forEach(addPlain);
    gateway.onHost(addPlain);
  }
  gateway.onHost(host => {
    if (isPassedOn(host)) {
      cannotEnforce(gateway.name, `pass on host '${host.hostname}'`, `it is to ${what} on the same port ${ENCRYPTED}, which would close it`,
        'add the host before that is said, or give it a port of its own');
    }
  });
}

/** Spares connections that are passed on as they are, on the port of HTTPS. */
function passedOn(gateway: IstioEdgeGateway, what: string): AuthorizationCondition[] {
  const hosts = gateway.hosts().filter(isPassedOn);
  const spare = (host: GatewayHost) => {
    const wider = hosts.find(each => each.hostname !== host.hostname && covers(each.hostname, host.hostname));
    if (host.protocol === GatewayHostProtocol.HTTPS && wider !== undefined) {
      cannotEnforce(gateway.name, `${what} at host '${host.hostname}'`, `its server name is one of '${wider.hostname}' as well, which is passed on at the same port`,
        'give the latter a port of its own');
    }
  };
  if (hosts.length === 0) {
    return [];
  }
  gateway.hosts().forEach(spare);
  gateway.onHost(spare);
  return [AuthorizationCondition.sni({ notValues: hosts.map(({ hostname }) => hostname) })];
}

function isPassedOn({ protocol, port }: GatewayHost): boolean {
  return protocol === GatewayHostProtocol.TLS && port === ENCRYPTED;
}
