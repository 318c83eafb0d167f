import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { run } from '../../support/cells';
import { SECTIONS } from '../../support/sections';

/** All that cells of the support table write for Linkerd: a file for each of the channels of Gateway API. */
const outdir = process.env.CDK8S_OUTDIR ?? 'dist';
mkdirSync(outdir, { recursive: true });
for (const mesh of ['linkerd', 'linkerd-experimental']) {
  const objects = SECTIONS.flatMap(({ columns, rows }) => columns.filter(column => column.mesh.id === mesh).flatMap(column => rows.flatMap(row => {
    const outcome = run(row, column);
    return 'refused' in outcome ? [] : outcome.objects;
  })));
  // The same object in many cells is one. The API server reads YAML 1.1, in which `Off` without quotes is no text.
  const texts = new Set(objects.map(object => stringify(object, { version: '1.1' })));
  writeFileSync(join(outdir, `${mesh}.k8s.yaml`), [...texts].join('---\n'));
}
