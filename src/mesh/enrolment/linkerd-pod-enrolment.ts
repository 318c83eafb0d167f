import { linkerdProxyAnnotations } from './linkerd-proxy-annotations';
import { ProxyOptions } from './proxy-options';
import { LinkerdAnnotation, LinkerdLabel } from '../../semantics/keys';
import { Enrolment, PodsToEnrol } from '../mesh';

/** What the proxy listens on in a pod. */
const PROXY_PORTS = [4140, 4143, 4190, 4191];

/** How pods join a mesh of Linkerd. */
export function enrolLinkerdPods({ namespace, workload }: PodsToEnrol, options: ProxyOptions): Enrolment {
  const what = `workload '${workload.name}'`;
  if (namespace.labels[LinkerdLabel.ADMISSION_WEBHOOKS] === 'disabled') {
    throw new Error(`${what} cannot join: namespace '${namespace.name}' has ${LinkerdLabel.ADMISSION_WEBHOOKS}: disabled, by which no injector sees its pods; remove that label`);
  }
  for (const container of workload.containers) {
    const port = container.ports.find(({ number }) => PROXY_PORTS.includes(number))?.number;
    if (port !== undefined) {
      throw new Error(`container '${container.name}' of ${what} listens on ${port}, which is a port of the proxy: choose another port`);
    }
  }
  return {
    labels: {},
    annotations: { [LinkerdAnnotation.INJECT]: options.linkerd?.ingressMode ? 'ingress' : 'enabled', ...checkedAnnotations(options, what) },
  };
}

/** What a namespace says of the proxies of all its pods. */
export function linkerdNamespaceProxy(namespace: string, options: ProxyOptions): { [key: string]: string } {
  const what = `namespace '${namespace}'`;
  if (options.linkerd?.ingressMode) {
    throw new Error(`ingressMode is for the pods of one controller, got it for all of ${what}: enrol the workload with it`);
  }
  return checkedAnnotations(options, what);
}

/** What keeps pods out of a mesh of Linkerd. */
export function leaveOutLinkerdPods(): Enrolment {
  return { labels: {}, annotations: { [LinkerdAnnotation.INJECT]: 'disabled' } };
}

function checkedAnnotations(options: ProxyOptions, what: string): { [key: string]: string } {
  const other = (['istio', 'ambient'] as const).find(key => options[key] !== undefined);
  if (other !== undefined) {
    throw new Error(`options of ${other} need an Istio mesh, got them for ${what} in a Linkerd mesh: leave them out`);
  }
  return linkerdProxyAnnotations(options, what);
}
