import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { IstioVersion, MeshValidation, Validation } from '../../src';

const guide = readFileSync(join(__dirname, '../../docs/guides/validate.md'), 'utf8');
const rule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart.shop.svc.cluster.local
  trafficPolicy:
    loadBalancer:
      zoneAwareLbSetting: {enabled: true}
`;

test('what an older Istio lacks is said as the guide says it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  writeFileSync(join(folder, 'rule.yaml'), rule);
  const said = (istio?: IstioVersion) => Validation.format(Validation.checkFiles([folder], { istio })).replaceAll(`${folder}/`, '').trim().split('\n')[0];
  const [, message] = /\n\n```\n(rule\.yaml:.*)\n```/.exec(guide)!;
  expect(said(IstioVersion.V1_28)).toBe(message);
  expect(said()).toBe('');
  rmSync(folder, { recursive: true });
});

test('the plugin takes the properties of the guide', () => {
  const [, text] = /```yaml\n([^]*?)```/.exec(guide)!;
  const [{ class: name, properties }] = parse(text).validations;
  expect(name).toBe(MeshValidation.name);
  expect(() => new MeshValidation(properties)).not.toThrow();
  expect(() => new MeshValidation({ ...properties, istio: '1.99' })).toThrow('istio');
});
