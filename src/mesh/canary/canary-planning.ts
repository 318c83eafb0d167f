import { CanaryParent } from './canary-parent';
import { checkPercent } from './canary-percent';
import { CanaryPlan, PlannedVersion } from './canary-plan';
import { CanaryProtocol } from './canary-protocol';
import type { CanaryRouteProps } from './canary-route';
import { CanaryState, checkSteps, stateAfter } from './canary-state';
import { CanaryVersion } from './canary-version';
import { GrpcRouteMatch } from '../../gateway-api/grpc-route-match';
import { HttpPathMatch } from '../../gateway-api/http-path-match';
import { checkHostname } from '../../semantics/hostname';
import { checkDnsLabel } from '../../semantics/names';
import { GatewayHostProtocol } from '../gateway/gateway-host';

/** Checks what a user said, and says it in the words of both kinds of route. */
export function makePlan(props: CanaryRouteProps, name: string, stable: CanaryVersion, canary: CanaryVersion): CanaryPlan {
  const { namespace, parents, hostnames = [], paths = [HttpPathMatch.prefix('/')], calls = [], sticky, protocol = CanaryProtocol.HTTP } = props;
  checkDnsLabel(name, 'name of the canary route');
  const { weight, mirrorPercent } = stateOf(props, name);
  checkProtocol(props, name, protocol);
  checkParents(props, name, protocol, hostnames);
  const canaries: PlannedVersion[] = [
    { role: 'canary', version: canary, weight, pinned: props.pinned ?? [], callers: props.pinnedCallers ?? [] },
    ...(props.others ?? []).map(({ version, weight: share, pinned = [] }, i) => {
      checkPercent(share, 0, `weight of version ${i + 2} of canary route '${name}'`);
      return { role: `canary-${i + 2}`, version, weight: share, pinned, callers: [] };
    }),
  ];
  const taken = canaries.reduce((sum, version) => sum + version.weight, 0);
  if (taken > 100) {
    throw new Error(`weights of canary route '${name}' must leave something to the stable version, got ${canaries.map(c => c.weight).join(' + ')} = ${taken}: ` +
      'all canaries together have at most 100 percent');
  }
  if (mirrorPercent !== undefined && weight > 0) {
    throw new Error(`canary route '${name}' must mirror before anything is shifted, got mirrorPercent ${mirrorPercent} with canaryWeight ${weight}: ` +
      'the canary would get some requests twice');
  }
  checkCallers(props, name);
  const versions = [{ role: 'stable', version: stable, weight: 100 - taken, pinned: [], callers: [] }, ...canaries];
  checkVersions(name, namespace.name, versions);
  return {
    name,
    namespace,
    protocol,
    hostnames,
    parents,
    versions,
    paths,
    calls: calls.map(method => GrpcRouteMatch.of({ method })),
    mirrorPercent,
    sticky,
    isManaged: props.delivery?._isManaged ?? false,
  };
}

/** The weight of the canary, and the copies: as they are said, or after the current step. */
function stateOf({ canaryWeight, mirrorPercent, steps, delivery }: CanaryRouteProps, name: string): CanaryState {
  if (steps === undefined && !delivery?._isManaged) {
    if (delivery?._currentStep !== undefined) {
      throw new Error(`current step of canary route '${name}' needs steps, got step ${delivery._currentStep} of none: pass steps`);
    }
    return {
      weight: checkPercent(canaryWeight ?? 0, 0, `canaryWeight of '${name}'`),
      mirrorPercent: mirrorPercent === undefined ? undefined : checkPercent(mirrorPercent, 1, `mirrorPercent of '${name}'`),
    };
  }
  const said = canaryWeight !== undefined ? `canaryWeight ${canaryWeight}` : mirrorPercent !== undefined ? `mirrorPercent ${mirrorPercent}` : undefined;
  if (said !== undefined) {
    throw new Error(`steps of canary route '${name}' say what the canary gets, got ${said} as well: leave it out`);
  }
  if (steps === undefined) {
    throw new Error(`canary route '${name}' is delivered by ${delivery!._by}, which must be told the way, got no steps: pass steps`);
  }
  checkSteps(steps, `canary route '${name}'`);
  if (delivery?._isManaged) {
    return { weight: 0 };
  }
  const current = delivery?._currentStep ?? 0;
  if (!Number.isInteger(current) || current < 0 || current >= steps.length) {
    throw new Error(`current step of canary route '${name}' must be between 0 and ${steps.length - 1}, got ${current}`);
  }
  return stateAfter(steps.slice(0, current + 1));
}

/** Connections carry nothing by which they could be told apart. */
function checkProtocol(props: CanaryRouteProps, name: string, protocol: CanaryProtocol): void {
  const { hostnames, paths, calls, pinned, others, sticky, steps, mirrorPercent } = props;
  const mirrors = mirrorPercent !== undefined || steps?.some(step => step.mirrorPercent !== undefined);
  const given: [string, boolean, CanaryProtocol[]][] = [
    ['paths', paths !== undefined, [CanaryProtocol.HTTP]],
    ['sticky', sticky !== undefined, [CanaryProtocol.HTTP]],
    ['calls', calls !== undefined, [CanaryProtocol.GRPC]],
    ['pinned', (pinned?.length ?? 0) > 0 || (others ?? []).some(other => (other.pinned?.length ?? 0) > 0), [CanaryProtocol.HTTP, CanaryProtocol.GRPC]],
    ['a mirror', mirrors ?? false, [CanaryProtocol.HTTP, CanaryProtocol.GRPC]],
    ['hostnames', (hostnames?.length ?? 0) > 0, [CanaryProtocol.HTTP, CanaryProtocol.GRPC, CanaryProtocol.TLS]],
  ];
  const [wrong] = given.filter(([, isGiven, protocols]) => isGiven && !protocols.includes(protocol));
  if (wrong !== undefined) {
    const [what, , protocols] = wrong;
    throw new Error(`canary route '${name}' divides ${protocol}, which ${what} ${what.endsWith('s') ? 'are' : 'is'} not for, got ${what}: ` +
      `leave ${what.endsWith('s') ? 'them' : 'it'} out, or use ${protocols.map(p => `CanaryProtocol.${p}`).join(' or ')}`);
  }
}

function checkParents({ parents }: CanaryRouteProps, name: string, protocol: CanaryProtocol, hostnames: readonly string[]): void {
  if (parents.length === 0) {
    throw new Error(`canary route '${name}' needs at least one parent, got none: pass CanaryParent.gateway(gateway) or CanaryParent.service(service)`);
  }
  hostnames.forEach(hostname => checkHostname(hostname, `hostname of canary route '${name}'`));
  parents.filter(({ _servesHosts }) => _servesHosts).forEach(parent => checkServed(parent, name, protocol, hostnames));
  const isTls = protocol === CanaryProtocol.TLS;
  const needsHosts = isTls || protocol !== CanaryProtocol.TCP && parents.some(({ _binding }) => _binding.service === undefined);
  if (hostnames.length === 0 && needsHosts) {
    throw new Error(`canary route '${name}' needs hostnames, got none: pass the ${isTls ? 'server names' : 'public hosts'} that it serves`);
  }
}

/** In Gateway API hosts count for gateways only: who calls in the mesh asks for the Service. */
export function checkHostsCount({ name, parents, protocol, hostnames }: Pick<CanaryPlan, 'name' | 'parents' | 'protocol' | 'hostnames'>): void {
  if (protocol !== CanaryProtocol.TLS && hostnames.length > 0 && parents.every(({ _binding }) => _binding.service !== undefined)) {
    throw new Error(`hostnames of canary route '${name}' count for gateways only, got ${hostnames.join(', ')} with only ` +
      `${parents.map(({ _description }) => _description).join(', ')}: leave them out, or add CanaryParent.gateway(gateway)`);
  }
}

/** The hosts of a gateway of this app each have a protocol, and so have its ports of bytes. */
function checkServed(parent: CanaryParent, name: string, protocol: CanaryProtocol, hostnames: readonly string[]): void {
  const { _description, _binding, _meshedGateway } = parent;
  const isTcp = protocol === CanaryProtocol.TCP;
  if (isTcp !== (_binding.gatewayPort !== undefined)) {
    throw new Error(`canary route '${name}' for ${protocol} needs ${isTcp ? 'a port' : 'hosts and no port'} of ${_description}, got ` +
      `${_binding.gatewayPort ?? 'none'}: ${isTcp ? 'pass it to CanaryParent.gateway' : 'leave it out, or use CanaryProtocol.TCP'}`);
  }
  const isTls = protocol === CanaryProtocol.TLS;
  const other = hostnames.map(hostname => _meshedGateway!._requireHost(hostname)).find(host => isTls !== (host.protocol === GatewayHostProtocol.TLS));
  if (other !== undefined) {
    throw new Error(`host '${other.hostname}' of ${_description} is served as ${other.protocol}, got canary route '${name}' for ${protocol}: ` +
      `${isTls ? 'use GatewayHost.passthrough' : 'use CanaryProtocol.TLS, or a host of HTTP'}`);
  }
}

/** Callers are told apart on the way to a Service, where the mesh can. */
function checkCallers({ pinnedCallers = [], parents, namespace }: CanaryRouteProps, name: string): void {
  if (pinnedCallers.length === 0) {
    return;
  }
  if (!parents.some(({ _binding }) => _binding.service !== undefined)) {
    throw new Error(`callers of canary route '${name}' are told apart on their way to a Service, got only ${parents.map(p => p._description).join(', ')}: ` +
      'add CanaryParent.service(service), or pin a header');
  }
  const { whyNoCallers } = namespace.mesh._canary;
  if (whyNoCallers !== undefined) {
    throw new Error(`callers of canary route '${name}' cannot be told apart: ${whyNoCallers}`);
  }
}

function checkVersions(name: string, namespace: string, versions: readonly PlannedVersion[]): void {
  const places = versions.map(({ version }) => `${version._host(namespace).host}:${version.port}${version._subset ? ` subset '${version._subset.name}'` : ''}`);
  const again = places.find((place, i) => places.indexOf(place) < i);
  if (again !== undefined) {
    throw new Error(`versions of canary route '${name}' must differ, got '${again}' twice: give each version a Service, or a subset`);
  }
}
