import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUILT, buildGo, goBinary, GoProgram } from './go';

/** Built inside of our module: the one that it has itself refers to nothing that can be had. */
const ISTIOCTL: GoProgram = { module: 'istio', package: 'istio.io/istio/istioctl/cmd/istioctl', output: 'istioctl' };
/** More than the manifests of a control plane. */
const MAX_OUTPUT = 256 * 1024 * 1024;
/** Nobody's settings and clusters. */
const HOME = join(BUILT, 'home');

/** Builds istioctl. */
export async function buildIstioctl(): Promise<void> {
  await buildGo(ISTIOCTL);
}

/** What istioctl prints; it ends with another status than 0 when it finds something. */
export async function istioctl(args: readonly string[], allowedStatus: readonly number[] = []): Promise<string> {
  mkdirSync(HOME, { recursive: true });
  const env = { PATH: process.env.PATH, HOME, KUBECONFIG: join(HOME, 'none') };
  try {
    return (await promisify(execFile)(goBinary(ISTIOCTL), args, { env, maxBuffer: MAX_OUTPUT })).stdout;
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
    if (code !== undefined && stdout !== undefined && allowedStatus.includes(code)) {
      return stdout;
    }
    throw new Error(`istioctl ${args.join(' ')} ended with ${code}: ${stderr}`);
  }
}
