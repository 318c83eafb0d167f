import { Duration, Size } from 'cdk8s';
import { Capability, ContainerProps, Cpu, EnvValue, Handler, ImagePullPolicy, Probe, ProbeOptions, SeccompProfileType } from 'cdk8s-plus-28';
import { HEALTH_PATH, HEALTH_PORT, NginxPath } from './nginx-config';
import { NginxGatewayOptions } from './nginx-options';

/** The user of nginx's images. */
export const NGINX_USER = 101;

const DEFAULT_IMAGE = 'nginx:1.28';

/** nginx, without privileges and with nothing to write but its volumes. */
export function nginxContainer({ image = DEFAULT_IMAGE, environment, resources }: NginxGatewayOptions): ContainerProps {
  if (!/^[^\s]+$/.test(image)) {
    throw new Error(`image of nginx must be the name of an image, got '${image}'`);
  }
  const health = (options: ProbeOptions) => Probe.fromHttpGet(HEALTH_PATH, { port: HEALTH_PORT, ...options });
  return {
    name: 'nginx',
    image,
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    // Scripts of images, which change files, do not run.
    command: ['nginx', '-e', 'stderr', '-c', `${NginxPath.CONFIG}/nginx.conf`],
    envVariables: environment && Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, EnvValue.fromValue(value)])),
    startup: health({ periodSeconds: Duration.seconds(1), failureThreshold: 60 }),
    readiness: health({ periodSeconds: Duration.seconds(5), failureThreshold: 2 }),
    liveness: health({ periodSeconds: Duration.seconds(10), failureThreshold: 3 }),
    // Until no load balancer sends to the pod any more.
    lifecycle: { preStop: Handler.fromCommand(['/bin/sleep', '5']) },
    securityContext: {
      user: NGINX_USER,
      group: NGINX_USER,
      ensureNonRoot: true,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
    resources: resources ?? {
      cpu: { request: Cpu.millis(100), limit: Cpu.millis(2000) },
      memory: { request: Size.mebibytes(128), limit: Size.mebibytes(1024) },
    },
  };
}
