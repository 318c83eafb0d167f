import { AMBIENT, AmbientTranslation, translateAmbient } from './ambient/ask';
import { sendByHbone } from './ambient/hbone';
import { summarizeNodes, waypointOf } from './ambient/node-policies';
import { RunningWaypoint } from './ambient/waypoint';
import { Case } from './case';
import { Engine } from './engine';
import { installEnvoy, missingEnvoy } from './envoy/binary';
import { buildGo, missingGo } from './go';
import { Message } from './istiod/ask';
import { worldOf } from './world/case-world';
import { credentialObjects, Certificates, CERTIFICATES, makeCertificates, wantedCertificates } from './world/certificates';
import { ofKind } from './world/manifest';
import { Pod } from './world/pod';
import { World } from './world/world';

/** What case.yaml may tell this engine. */
interface AmbientSpec {
  readonly requests?: readonly AmbientRequest[];
}

/** A request between pods of an ambient mesh. */
interface AmbientRequest {
  readonly name: string;
  /** The workload that sends it, as namespace/name. */
  readonly from: string;
  /** To a Service, as `http://<name>.<namespace>:<port>/path`; to a host outside, also with https or tcp. */
  readonly url: string;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Sent to this waypoint whatever istiod says, by somebody who tries to. */
  readonly waypoint?: string;
  /** To this workload by its own address, at the port of the URL. */
  readonly pod?: string;
}

const HBONE_PORT = 15008;
const PASSED_ON = 'passed on to the node';
const CLUSTER_SUFFIX = /\.svc(\.cluster\.local)?$/;

/**
 * An ambient mesh: what istiod tells the proxies of nodes, and requests through waypoints that are real Envoys. The proxies of nodes are not run: where none but
 * them is on the way, the verdict names the workload whose policies decide.
 */
export class Ambient implements Engine {
  readonly name = 'ambient';

  missing(): string[] {
    return [...missingGo(), ...missingEnvoy()];
  }

  async build(): Promise<void> {
    await buildGo(AMBIENT);
    await buildGo(CERTIFICATES);
    installEnvoy();
  }

  async judge(c: Case): Promise<object> {
    const { requests = [] } = (c.spec.ambient ?? {}) as AmbientSpec;
    const world = worldOf(c);
    const waypoints = world.pods.filter(({ role }) => role === 'waypoint');
    const certificates = makeCertificates([
      ...world.pods.map(({ namespace, serviceAccount }) => ({
        name: `identity/${namespace}/${serviceAccount}`, issuer: 'mesh' as const, uri: `spiffe://cluster.local/ns/${namespace}/sa/${serviceAccount}`,
      })),
      ...outsideHosts(world, requests).map(host => ({ name: `host/${host}`, issuer: world.signedBy[host] ?? 'public' as const, hosts: [host] })),
      ...wantedCertificates(world),
    ]);
    const translation = await translateAmbient({ ...world, objects: [...world.objects, ...credentialObjects(world, certificates)] }, waypoints);
    return {
      nodes: summarizeNodes(translation.addresses, translation.policies),
      ...requests.length > 0 && { requests: await sendAll(requests, { world, waypoints, translation, certificates }) },
    };
  }
}

interface AmbientMesh {
  readonly world: World;
  readonly waypoints: readonly Pod[];
  readonly translation: AmbientTranslation;
  readonly certificates: Certificates;
}

async function sendAll(requests: readonly AmbientRequest[], mesh: AmbientMesh): Promise<{ [name: string]: unknown }> {
  const running: RunningWaypoint[] = [];
  const verdicts: [string, unknown][] = [];
  try {
    for (const pod of mesh.waypoints) {
      running.push(await RunningWaypoint.start(pod, mesh.translation.waypoints[`${pod.namespace}/${pod.workload}`], mesh.certificates));
    }
    const refused = running.flatMap(waypoint => waypoint.refused);
    if (refused.length > 0) {
      throw new Error(`envoy refused ${JSON.stringify(refused)}`);
    }
    for (const request of requests) {
      verdicts.push([request.name, await sendOne(request, mesh)]);
    }
  } finally {
    await Promise.all(running.map(waypoint => waypoint.stop()));
  }
  return Object.fromEntries(verdicts);
}

/** The way that istiod tells the node of the client, and what came of it. */
async function sendOne({ from, url, method = 'GET', headers, waypoint, pod }: AmbientRequest, mesh: AmbientMesh): Promise<object> {
  const { hostname, host, port, pathname, search, protocol } = new URL(url);
  const [service, namespace] = hostname.replace(CLUSTER_SUFFIX, '').split('.');
  const known = mesh.translation.addresses.find(({ service: each }) => each?.name === service && each.namespace === namespace)?.service
    ?? hostOutside(hostname, mesh.translation.addresses);
  const workload = pod === undefined ? undefined : podOf(pod, mesh.world);
  if (known === undefined && hostname.split('.').length < 3) {
    throw new Error(`'${hostname}' is no Service of the world`);
  }
  if (known === undefined) {
    return { way: 'nodes only, which pass on what they do not know' };
  }
  const way = waypoint ?? (workload === undefined ? waypointOf(known) : 'none');
  if (way === 'none') {
    return { way: `nodes only, which enforce what ${pod ?? `the pods of ${namespace}/${service}`} say` };
  }
  const client = podOf(from, mesh.world);
  const address = workload?.ip ?? Buffer.from(known.addresses[0].address as string, 'base64').join('.');
  const reply = await sendByHbone({
    waypoint: { ip: podOf(way, mesh.world).ip, port: HBONE_PORT },
    identity: mesh.certificates.certificates[`identity/${client.namespace}/${client.serviceAccount}`],
    authority: `${address}:${port || (protocol === 'https:' ? 443 : 80)}`,
    protocol,
    host: protocol === 'https:' ? hostname : host,
    method,
    path: pathname + search,
    headers,
  });
  // Beyond a pod's own address is its node, whose proxy does not run here.
  return { way: `waypoint ${way}`, ...workload !== undefined && reply.status === 503 ? { status: PASSED_ON } : reply };
}

/** A host of a ServiceEntry: by its name, else by a wildcard. */
function hostOutside(hostname: string, addresses: readonly Message[]): Message | undefined {
  const services = addresses.flatMap(({ service }) => service ?? []) as Message[];
  return services.find(service => service.hostname === hostname)
    ?? services.find(service => `${service.hostname}`.startsWith('*') && hostname.endsWith(`${service.hostname}`.slice(1)));
}

/** Those that need certificates. */
function outsideHosts(world: World, requests: readonly AmbientRequest[]): string[] {
  const entries = ofKind(world.objects, 'networking.istio.io', 'ServiceEntry').flatMap(({ spec }) => spec.hosts as string[]);
  return [...new Set([...entries, ...requests.map(({ url }) => new URL(url).hostname)])].filter(host => !host.startsWith('*'));
}

function podOf(name: string, { pods }: World): Pod {
  const pod = pods.find(({ namespace, workload }) => `${namespace}/${workload}` === name);
  if (pod === undefined) {
    throw new Error(`no workload is named '${name}': use one of ${pods.map(({ namespace, workload }) => `${namespace}/${workload}`).join(', ')}`);
  }
  return pod;
}
