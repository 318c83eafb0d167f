import { bindable } from '../world/addresses';
import { Manifest, ofKind } from '../world/manifest';

/** What a volume of nginx's pod has in it. */
interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly secret?: { readonly secretName: string };
}

/** Where a volume is in nginx's container. */
export interface Mount {
  readonly path: string;
  readonly volume: Volume;
}

/** A pod in which nginx runs, as its manifests say it. */
export interface NginxPod {
  /** Such as `edge/edge`. */
  readonly workload: string;
  readonly namespace: string;
  readonly config: string;
  readonly mounts: readonly Mount[];
  readonly healthPath: string;
  readonly healthPort: number;
}

/** The pods with a container `nginx` among these objects. */
export function nginxPods(objects: readonly Manifest[]): NginxPod[] {
  return ofKind(objects, 'apps', 'Deployment').flatMap(({ metadata, spec }) => {
    const { containers, volumes = [] } = spec.template.spec;
    const container = containers.find(({ name }: { name: string }) => name === 'nginx');
    if (container === undefined) {
      return [];
    }
    const namespace = metadata.namespace ?? 'default';
    const mounts: Mount[] = container.volumeMounts.map(({ mountPath, name }: { mountPath: string; name: string }) => ({
      path: mountPath, volume: volumes.find((volume: Volume) => volume.name === name),
    }));
    const file = container.command[container.command.indexOf('-c') + 1];
    const holder = mounts.find(({ path }) => file.startsWith(`${path}/`))?.volume.configMap?.name;
    const configMap = ofKind(objects, '', 'ConfigMap').find(other => other.metadata.name === holder && (other.metadata.namespace ?? 'default') === namespace);
    const config = (configMap?.data as { [file: string]: string } | undefined)?.[file.split('/').pop()];
    if (config === undefined) {
      throw new Error(`${namespace}/${metadata.name} says ${file}, but no ConfigMap that it mounts has it`);
    }
    const { path: healthPath, port: healthPort } = container.readinessProbe.httpGet;
    return [{ workload: `${namespace}/${metadata.name}`, namespace, config, mounts, healthPath, healthPort }];
  });
}

/** Where the things of a configuration are on this machine. */
export interface Place {
  /** The folder that stands for the root of the container. */
  readonly dir: string;
  readonly ip: string;
  readonly dns: number;
}

/** The configuration with the addresses, ports and files of this machine; all else stays as it is. */
export function adapt({ config, mounts }: NginxPod, { dir, ip, dns }: Place): string {
  const lines = config.split('\n')
    .filter(line => !/^\s*listen \[::\]/.test(line))
    .map(line => line
      .replace(/^(\s*listen )(\d+)/, (_, listen: string, port: string) => `${listen}${ip}:${bindable(Number(port))}`)
      .replace(/^(\s*resolver )\S+/, `$1127.0.0.1:${dns}`)
      .replace(/\/dev\/stdout/, `${dir}/access.log`));
  return lowPorts(lines).map(line => /^\s*location /.test(line) ? line : relocate(line, mounts, dir)).join('\n');
}

/** Where a path of the container is on this machine. */
export function placeOf(path: string, dir: string): string {
  return `${dir}${path}`;
}

/** Paths of mounts, and of folders of which only what is below is mounted. */
function relocate(line: string, mounts: readonly Mount[], dir: string): string {
  const folders = mounts.flatMap(({ path }) => [path, path.replace(/\/[^/]+$/, '')]).filter(path => path.split('/').length > 2);
  const longestFirst = [...new Set(folders)].sort((a, b) => b.length - a.length).map(path => path.replaceAll('.', '\\.'));
  return line.replace(new RegExp(`(\\s)((?:${longestFirst.join('|')})[/;\\s])`), (_, space: string, path: string) => `${space}${placeOf(path, dir)}`);
}

/** Services on ports that not everybody may listen on are reached on others, and still named as they are. */
function lowPorts(lines: readonly string[]): string[] {
  let named: string | undefined;
  return lines.map(line => {
    const [, indent, host, port] = /^(\s*)set \$upstream (\S+):(\d+);$/.exec(line) ?? [];
    if (host !== undefined) {
      named = `${host}:${port}`;
      return `${indent}set $upstream ${host}:${bindable(Number(port))};`;
    }
    return named === undefined ? line : line.replace(/^(\s*set \$upstream_host )\$upstream;$/, (_, set: string) => `${set}${named};`);
  });
}

/** The hosts that each Secret has a certificate for, by the servers that name it. */
export function hostsOfSecrets({ config, mounts }: NginxPod): Map<string, string[]> {
  const hosts = new Map<string, string[]>();
  let server = '';
  for (const line of config.split('\n')) {
    server = /^\s*server_name (\S+);$/.exec(line)?.[1] ?? server;
    const file = /^\s*ssl_certificate \S*?\/([^/\s]+)\/[^/\s]+;$/.exec(line)?.[1];
    const secret = file && mounts.find(({ path }) => path.endsWith(`/${file}`))?.volume.secret?.secretName;
    if (secret) {
      hosts.set(secret, [...hosts.get(secret) ?? [], server]);
    }
  }
  return hosts;
}
