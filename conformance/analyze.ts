import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Case } from './case';
import { Engine } from './engine';
import { BUILT, missingGo } from './go';
import { buildIstioctl, istioctl } from './istioctl';

/** istioctl's status when it found errors. */
const FOUND_ERRORS = 79;

/** What istioctl prints for a finding. */
interface Message {
  readonly code: string;
  readonly level: string;
  readonly origin: string;
  readonly message: string;
}

/** `istioctl analyze` on manifests alone. */
export class Analyze implements Engine {
  readonly name = 'analyze';

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildIstioctl();
  }

  /** The findings in order; where in the file each is, is left out, for it moves with every other object. */
  async judge(c: Case): Promise<unknown> {
    const dir = mkdtempSync(join(BUILT, 'analyze-'));
    try {
      const files = Object.entries({ manifests: c.manifests, world: c.world }).filter(([, text]) => text !== '').map(([name, text]) => {
        const file = join(dir, `${name}.yaml`);
        writeFileSync(file, text);
        return file;
      });
      // Without -A it looks at the namespace default only.
      const found = JSON.parse(await istioctl(['analyze', '-A', '--use-kube=false', '-o', 'json', ...files], [FOUND_ERRORS])) as Message[];
      const lines = found.map(({ code, level, origin, message }) => ({ code, level, origin, message: message.replaceAll(`${dir}/`, '') }));
      return lines.map(line => JSON.stringify(line)).sort().map(line => JSON.parse(line) as Message);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
}
