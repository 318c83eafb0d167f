/**
 * One measurement of validation in a process of its own, which prints it as JSON:
 *
 *   node measure-validation.js check FILE...     checking alone, of objects that are read already
 *   node measure-validation.js synth DIR         synthesis of 8,000 objects, without and with validation
 *   node measure-validation.js load              the first check of a process
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, AppProps, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { CASES } from './cases';
import { ValidatedApp } from 'cdk8s-mesh/lib/validation/validated-app';
import { Validation } from 'cdk8s-mesh/lib/validation/validation';
import { Validator } from 'cdk8s-mesh/lib/validation/validator';

/** So many objects of each case: 8,000 in all. */
const OBJECTS_OF_CASE = 2000;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Like the engine: kinds are compiled before the clock starts, and each object is checked once. */
function check(files: string[]): object {
  const objects = files.flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS() as Manifest));
  const validator = Validator.of('standard');
  const begun = performance.now();
  new Map(objects.map(object => [`${object.apiVersion} ${object.kind}`, object])).forEach(object => validator.check(object));
  const compiled = performance.now();
  const rejected = objects.filter(object => validator.check(object).length > 0).length;
  return { objects: objects.length, rejected, compile: compiled - begun, check: performance.now() - compiled };
}

function timeSynth(AppClass: new (props: AppProps) => App, outdir: string): number {
  const app = new AppClass({ outdir });
  Object.values(CASES).forEach(({ objects, start }, i) => {
    const make = start(new Chart(app, `chart-${i}`));
    for (let n = 0; n < OBJECTS_OF_CASE / objects; n++) {
      make(n);
    }
  });
  const begun = performance.now();
  app.synth();
  return performance.now() - begun;
}

/** Both are run once before anything is measured, and take turns. */
function synth(dir: string): object {
  const round = () => ({ plain: timeSynth(App, join(dir, 'plain')), validated: timeSynth(ValidatedApp, join(dir, 'validated')) });
  round();
  const rounds = [round(), round(), round()];
  return { plain: Math.min(...rounds.map(({ plain }) => plain)), validated: Math.min(...rounds.map(({ validated }) => validated)) };
}

function load(): object {
  const app = new App();
  new ApiObject(new Chart(app, 'chart'), 'route', {
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web' }, spec: { rules: [{ backendRefs: [{ name: 'web', port: 8080 }] }] },
  });
  const begun = performance.now();
  const findings = Validation.check(app);
  return { first: performance.now() - begun, findings: findings.length };
}

const [what, ...args] = process.argv.slice(2);
console.log(JSON.stringify(what === 'check' ? check(args) : what === 'synth' ? synth(args[0]) : load()));
