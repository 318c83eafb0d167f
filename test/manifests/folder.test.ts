import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFiles } from '../../src/manifests/file-reader';

describe('a folder', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'manifests-'));
    mkdirSync(join(dir, 'apps'));
    writeFileSync(join(dir, 'apps', 'shop.k8s.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
    writeFileSync(join(dir, 'notes.txt'), 'no manifest');
  });

  afterEach(() => rmSync(dir, { recursive: true }));

  test('is read with the folders in it', () => {
    expect(readFiles([dir]).objects.map(({ name, file }) => [name, file])).toEqual([['shop', join(dir, 'apps', 'shop.k8s.yaml')]]);
  });

  test('is read without what cdk8s writes beside manifests, unless that is named', () => {
    const metadata = join(dir, 'construct-metadata.json');
    writeFileSync(metadata, '{"version":"1.0.0","resources":{}}');
    expect(readFiles([dir]).problems).toEqual([]);
    expect(readFiles([metadata]).problems.map(({ message }) => message)).toEqual(['the document is no object of Kubernetes: apiVersion must be a word, and it is missing']);
  });
});
