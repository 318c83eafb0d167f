import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { KubeObject } from './kube-object';

/** A file that an app wrote. */
export interface RenderedFile {
  readonly name: string;
  readonly text: string;
}

/** The files of an app that is made by a function. */
export function renderApp(make: (app: App) => void): RenderedFile[] {
  return render(outdir => {
    const app = new App({ outdir });
    make(app);
    app.synth();
  });
}

/** The files of an app whose module, by its path from here, synthesizes it as it loads. */
export function renderModule(path: string): RenderedFile[] {
  return render(outdir => {
    const before = process.env.CDK8S_OUTDIR;
    process.env.CDK8S_OUTDIR = outdir;
    try {
      jest.isolateModules(() => jest.requireActual(path));
    } finally {
      if (before === undefined) {
        delete process.env.CDK8S_OUTDIR;
      } else {
        process.env.CDK8S_OUTDIR = before;
      }
    }
  });
}

/** The objects of a file, read as Kubernetes reads them: in YAML 1.1 `on` is no text. */
export function objectsOf({ text }: RenderedFile): KubeObject[] {
  return parseAllDocuments(text, { version: '1.1' }).map(document => document.toJS());
}

function render(synthesize: (outdir: string) => void): RenderedFile[] {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    synthesize(outdir);
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter(name => statSync(join(outdir, name)).isFile());
    return files.sort().map(name => ({ name, text: readFileSync(join(outdir, name), 'utf8') }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
