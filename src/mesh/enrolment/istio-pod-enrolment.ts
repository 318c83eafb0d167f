import { Workload } from 'cdk8s-plus-28';
import { AmbientPodOptions } from './ambient-pod-options';
import { checkSince, interfacesText, istioProxyAnnotations } from './istio-proxy-annotations';
import { ProxyOptions } from './proxy-options';
import { DataPlane } from '../../istio/data-plane';
import { IstioVersion } from '../../semantics/istio-version';
import { IstioAnnotation, IstioLabel } from '../../semantics/keys';
import { checkDnsLabel } from '../../semantics/names';
import { controlPlaneOf, UpgradingMesh } from '../control-plane/istio-upgrade';
import { Enrolment, PodsToEnrol } from '../mesh';

/** The tag for which the label `istio-injection` stands. */
const DEFAULT_TAG = 'default';
/** What the proxy listens on in a pod. */
const PROXY_PORTS = [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090];
/** As whom it runs: what this user sends is not captured. */
const PROXY_USER = 1337;

/** What of a mesh of Istio decides how pods join. */
interface IstioControl extends UpgradingMesh {
  readonly version: IstioVersion;
}

/** How pods join a mesh of Istio, by what is known of their namespace. */
export function enrolIstioPods(mesh: IstioControl, { namespace, workload }: PodsToEnrol, options: ProxyOptions): Enrolment {
  const what = `workload '${workload.name}'`;
  if (options.linkerd !== undefined) {
    throw new Error(`options of Linkerd need a Linkerd mesh, got them for ${what} in an Istio mesh: leave them out`);
  }
  return mesh.dataPlane === DataPlane.AMBIENT ?
    enrolAmbientPods(mesh, namespace, options, what) : enrolSidecar(mesh, { namespace, workload }, options, what);
}

/** What keeps pods out of a mesh of Istio. */
export function leaveOutIstioPods({ dataPlane }: IstioControl): Enrolment {
  return { labels: dataPlane === DataPlane.AMBIENT ? { [IstioLabel.DATAPLANE_MODE]: 'none' } : { [IstioLabel.SIDECAR_INJECT]: 'false' }, annotations: {} };
}

/** The label by which a pod asks for the proxy of a revision. */
export function injectionLabel(revision: string | undefined): { [key: string]: string } {
  return revision === undefined ? { [IstioLabel.SIDECAR_INJECT]: 'true' } : { [IstioLabel.REV]: revision };
}

function enrolSidecar(mesh: IstioControl, { namespace, workload }: PodsToEnrol, options: ProxyOptions, what: string): Enrolment {
  if (options.ambient !== undefined) {
    throw new Error(`options of ambient pods need an ambient mesh, got them for ${what} in a mesh with sidecars: leave them out`);
  }
  refuseClashes(workload, what);
  const asked = options.istio?.revision;
  const revision = asked === undefined ? controlPlaneOf(mesh, namespace.name).revisionName : checkDnsLabel(asked, `revision of ${what}`);
  return {
    labels: podLabels(namespace, revision, asked, what),
    annotations: istioProxyAnnotations(options, mesh.version, what),
  };
}

/** What a pod needs beside the label of its namespace, which wins over its own. */
function podLabels({ name, labels }: PodsToEnrol['namespace'], revision: string | undefined, asked: string | undefined, what: string): { [key: string]: string } {
  if (labels[IstioLabel.INJECTION] === 'disabled') {
    throw new Error(`${what} cannot join: namespace '${name}' has ${IstioLabel.INJECTION}: disabled, which no label of a pod undoes; remove that label`);
  }
  if (labels[IstioLabel.DATAPLANE_MODE] === 'ambient') {
    throw new Error(`${what} cannot get a sidecar: namespace '${name}' has ${IstioLabel.DATAPLANE_MODE}: ambient; ` +
      'declare an ambient mesh for it, or use a namespace of its own');
  }
  const given = labels[IstioLabel.INJECTION] === 'enabled' ? DEFAULT_TAG : labels[IstioLabel.REV];
  if (given === undefined) {
    return injectionLabel(revision);
  }
  if (asked !== undefined && given !== asked) {
    throw new Error(`${what} wants revision '${asked}', but namespace '${name}' is enrolled with '${given}', which beats the label of a pod: ` +
      'leave it out, or pass enrolled: false to the MeshNamespace');
  }
  return {};
}

/** What would be captured for ever, or not at all, or leave the proxy no port. */
function refuseClashes({ containers }: Workload, what: string): void {
  for (const container of containers) {
    if (container.securityContext.user === PROXY_USER) {
      throw new Error(`container '${container.name}' of ${what} runs as user ${PROXY_USER}, whose traffic the proxy does not capture: choose another user`);
    }
    const port = container.ports.find(({ number }) => PROXY_PORTS.includes(number))?.number;
    if (port !== undefined) {
      throw new Error(`container '${container.name}' of ${what} listens on ${port}, which is a port of the proxy: choose another port`);
    }
  }
}

function enrolAmbientPods({ version }: IstioControl, { name, labels }: PodsToEnrol['namespace'], options: ProxyOptions, what: string): Enrolment {
  const { ambient, ...ofProxies } = options;
  const idle = Object.entries(ofProxies).find(([, value]) => value !== undefined)?.[0];
  if (idle !== undefined) {
    throw new Error(`'${idle}' of ${what} is for a proxy in its pods, and in an ambient mesh they have none: leave it out, or set it in the charts cni and ztunnel`);
  }
  const injected = [IstioLabel.INJECTION, IstioLabel.REV].find(key => key in labels && labels[key] !== 'disabled');
  if (injected !== undefined) {
    throw new Error(`${what} cannot be ambient: namespace '${name}' has '${injected}: ${labels[injected]}', which injects sidecars; remove that label`);
  }
  return {
    labels: labels[IstioLabel.DATAPLANE_MODE] === 'ambient' ? {} : { [IstioLabel.DATAPLANE_MODE]: 'ambient' },
    annotations: checkSince(ambientAnnotations(ambient ?? {}, what), version, what),
  };
}

function ambientAnnotations({ dnsCapture, bypassInboundCapture, reroutedInterfaces }: AmbientPodOptions, what: string): { [key: string]: string } {
  return {
    ...dnsCapture !== undefined && { [IstioAnnotation.AMBIENT_DNS_CAPTURE]: `${dnsCapture}` },
    ...bypassInboundCapture !== undefined && { [IstioAnnotation.AMBIENT_BYPASS_INBOUND]: `${bypassInboundCapture}` },
    ...reroutedInterfaces && { [IstioAnnotation.REROUTE_VIRTUAL_INTERFACES]: interfacesText(reroutedInterfaces, `reroutedInterfaces of ${what}`) },
  };
}
