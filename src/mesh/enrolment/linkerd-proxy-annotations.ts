import { LinkerdProxyOptions } from './linkerd-proxy-options';
import { ProxyOptions } from './proxy-options';
import { cpuText, memoryText, portsText, refuseUnordered } from './proxy-resources';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { formatDuration } from '../../semantics/duration';
import { LinkerdAnnotation } from '../../semantics/keys';
import { checkUnique } from '../../semantics/lists';
import { LinkerdPortRange } from '../calls/linkerd-port-range';

type Annotations = { [key: string]: string };

/** What a pod, or a namespace for its pods, tells Linkerd's injector of proxies. */
export function linkerdProxyAnnotations(options: ProxyOptions, what: string): Annotations {
  const { cpu, memory, holdApplicationUntilProxyStarts, nativeSidecar, linkerd = {} } = options;
  refuseUnordered(cpu, memory, what);
  return {
    ...portAnnotations(options, linkerd, what),
    ...text(LinkerdAnnotation.PROXY_CPU_REQUEST, cpuText(cpu?.request)),
    ...text(LinkerdAnnotation.PROXY_CPU_LIMIT, cpuText(cpu?.limit)),
    ...text(LinkerdAnnotation.PROXY_MEMORY_REQUEST, memoryText(memory?.request)),
    ...text(LinkerdAnnotation.PROXY_MEMORY_LIMIT, memoryText(memory?.limit)),
    ...text(LinkerdAnnotation.PROXY_AWAIT, holdApplicationUntilProxyStarts === undefined ? undefined : holdApplicationUntilProxyStarts ? 'enabled' : 'disabled'),
    ...text(LinkerdAnnotation.ENABLE_NATIVE_SIDECAR, nativeSidecar),
    ...text(LinkerdAnnotation.DEFAULT_INBOUND_POLICY, linkerd.defaultInboundPolicy),
    ...text(LinkerdAnnotation.ACCESS_LOG, linkerd.accessLog),
    ...text(LinkerdAnnotation.PROXY_LOG_LEVEL, checkLogLevel(linkerd.logLevel, what)),
    ...text(LinkerdAnnotation.SHUTDOWN_GRACE_PERIOD, gracePeriod(linkerd, what)),
  };
}

function portAnnotations({ excludedInboundPorts, excludedOutboundPorts }: ProxyOptions, linkerd: LinkerdProxyOptions, what: string): Annotations {
  linkerd.skipSubnets?.forEach(subnet => checkIpSubnet(subnet, `skipSubnets of ${what}`));
  return {
    ...text(LinkerdAnnotation.SKIP_INBOUND_PORTS, rangesText(linkerd.skipInboundPorts, `inbound ports of ${what}`, excludedInboundPorts)),
    ...text(LinkerdAnnotation.SKIP_OUTBOUND_PORTS, rangesText(linkerd.skipOutboundPorts, `outbound ports of ${what}`, excludedOutboundPorts)),
    ...text(LinkerdAnnotation.SKIP_SUBNETS, linkerd.skipSubnets?.join(',')),
    ...text(LinkerdAnnotation.OPAQUE_PORTS, rangesText(linkerd.opaquePorts, `opaquePorts of ${what}`)),
    ...text(LinkerdAnnotation.REQUIRE_IDENTITY_INBOUND_PORTS, rangesText(linkerd.requireIdentityInboundPorts, `requireIdentityInboundPorts of ${what}`)),
    ...text(LinkerdAnnotation.POD_INBOUND_PORTS, rangesText(linkerd.podInboundPorts, `podInboundPorts of ${what}`)),
  };
}

function rangesText(ranges: LinkerdPortRange[] | undefined, what: string, ports?: number[]): string | undefined {
  if (ranges === undefined && ports === undefined) {
    return undefined;
  }
  portsText(ports ?? [], what);
  const texts = [...(ports ?? []).map(String), ...(ranges ?? []).map(range => range.text)];
  checkUnique(texts, what);
  return texts.join(',');
}

function checkLogLevel(level: string | undefined, what: string): string | undefined {
  if (level !== undefined && !/^[^,\s]+(,[^,\s]+)*$/.test(level)) {
    throw new Error(`logLevel of the proxy of ${what} must be levels with commas, such as warn,linkerd=debug, got '${level}'`);
  }
  return level;
}

function gracePeriod({ shutdownGracePeriod }: LinkerdProxyOptions, what: string): string | undefined {
  if (shutdownGracePeriod !== undefined && (shutdownGracePeriod.toMilliseconds() < 1000 || shutdownGracePeriod.toMilliseconds() % 1000 !== 0)) {
    throw new Error(`shutdownGracePeriod of ${what} must be in whole seconds, at least 1, got ${formatDuration(shutdownGracePeriod)}`);
  }
  return shutdownGracePeriod && `${shutdownGracePeriod.toSeconds()}s`;
}

function text(key: string, value: string | boolean | undefined): Annotations {
  return value === undefined ? {} : { [key]: `${value}` };
}
