import {
  CertManagerAnnotation, ExternalDnsPrefix, ExternalDnsSuffix, IstioAnnotation, IstioLabel, KubernetesLabel, LinkerdAnnotation, ManagedMeshAnnotation,
  PrometheusAnnotation,
} from '../../src/semantics/keys';
import table from '../data/label-placement.json';

const EXTERNAL_DNS = Object.values(ExternalDnsPrefix).flatMap(prefix => Object.values(ExternalDnsSuffix).map(suffix => `${prefix}${suffix}`));
const ALL = [
  ...[KubernetesLabel, IstioLabel, IstioAnnotation, ManagedMeshAnnotation, PrometheusAnnotation, LinkerdAnnotation, CertManagerAnnotation]
    .flatMap(keys => Object.values<string>(keys)),
  ...EXTERNAL_DNS,
];

test('every key is one that Kubernetes takes', () => {
  expect(ALL.filter(key => !/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,61}[A-Za-z0-9]$/.test(key))).toEqual([]);
});

test('no key is written twice', () => {
  expect(ALL.filter((key, i) => ALL.indexOf(key) !== i)).toEqual([]);
});

test('keys for cert-manager and external-dns have their row in the table of places', () => {
  const known = table.map(({ key }) => key);
  expect([...Object.values(CertManagerAnnotation), ...EXTERNAL_DNS].filter(key => !known.includes(key))).toEqual([]);
});
