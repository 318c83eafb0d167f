import { join } from 'node:path';
import { Capture } from './capture';
import { Dns } from './dns';
import { Mount, NginxPod } from './pod';
import { NginxServer } from './server';
import { Destination, Network } from '../envoy/destination';
import { bindable } from '../world/addresses';
import { Authority, Certificates } from '../world/certificates';
import { Manifest } from '../world/manifest';
import { World } from '../world/world';

/** What an nginx stands in. */
export interface Surroundings {
  readonly world: World;
  readonly certificates: Certificates;
  readonly dir: string;
  /** The address of nginx. */
  readonly ip: string;
  /** The address at which nginx finds a Service. */
  readonly addressOf: (service: string) => string;
  /** Services whose names DNS does not know at first. */
  readonly absent: readonly string[];
  /** The network of sidecars, when connections to Services go through that of the pod. */
  readonly network?: Network;
}

/** An nginx in front of Services, with the DNS and the files that its pod has. */
export class Front {
  private readonly dns = new Dns();
  private readonly capture = new Capture();
  private server?: NginxServer;

  constructor(private readonly pod: NginxPod, private readonly around: Surroundings) {}

  /** Starts it, and says what it says of its configuration, and the status of its health endpoint. */
  public async start(): Promise<object> {
    const { dir, ip, world: { services }, addressOf, absent, network } = this.around;
    services.map(serviceName).filter(name => !absent.includes(name)).forEach(name => this.resolve(name));
    if (network !== undefined) {
      for (const service of services) {
        await this.captureService(service, network, addressOf(serviceName(service)));
      }
    }
    this.server = new NginxServer(this.pod, { dir: join(dir, this.pod.workload.replace('/', '-')), ip, dns: await this.dns.start() });
    this.pod.mounts.forEach(mount => this.fill(mount));
    return { configuration: await this.server.test(), health: await this.server.start() };
  }

  /** Where clients reach it. */
  public destination(port: number, proxyProtocol: string | undefined): Destination {
    const { ip } = this.around;
    return { ip, port: bindable(port), ...proxyProtocol !== undefined && { preamble: `PROXY TCP4 ${proxyProtocol} ${ip} 40000 ${port}\r\n` } };
  }

  /** Lets its DNS know a Service. */
  public resolve(service: string): void {
    this.dns.know(hostOf(service), this.around.addressOf(service));
  }

  /** Puts a new certificate in the place of one, as the kubelet does. */
  public renew(secret: string, issuer: Authority): void {
    this.pod.mounts.filter(({ volume }) => volume.secret?.secretName === secret).forEach(({ path }) => this.writeCertificate(path, secret, issuer));
  }

  public async stop(): Promise<void> {
    await this.server?.stop();
    await this.capture.stop();
    await this.dns.stop();
  }

  private async captureService({ metadata, spec }: Manifest, network: Network, ip: string): Promise<void> {
    const name = serviceName({ metadata } as Manifest);
    for (const { port } of spec.ports as { port: number }[]) {
      await this.capture.listen(ip, bindable(port), network.fromPod(network.pod(this.pod.workload), hostOf(name), port));
    }
  }

  private fill({ path, volume }: Mount): void {
    const { world: { trustBundles }, certificates } = this.around;
    const bundle = trustBundles.find(({ namespace, name }) => namespace === this.pod.namespace && name === volume.configMap?.name);
    if (volume.secret !== undefined) {
      this.writeCertificate(path, volume.secret.secretName, 'public');
    } else if (bundle !== undefined) {
      this.server!.write(path, 'ca.crt', certificates.authorities[bundle.authority]);
    }
  }

  private writeCertificate(path: string, secret: string, issuer: Authority): void {
    const { certificate, key } = this.around.certificates.certificates[certificateName(this.pod, secret, issuer)];
    this.server!.write(path, 'tls.crt', certificate);
    this.server!.write(path, 'tls.key', key);
  }
}

/** The certificate in a Secret of a pod's namespace. */
export function certificateName({ namespace }: NginxPod, secret: string, issuer: Authority): string {
  return `${issuer}/${namespace}/${secret}`;
}

/** Such as `shop/web`. */
export function serviceName({ metadata: { namespace = 'default', name } }: Manifest): string {
  return `${namespace}/${name}`;
}

function hostOf(service: string): string {
  const [namespace, name] = service.split('/');
  return `${name}.${namespace}.svc.cluster.local`;
}
