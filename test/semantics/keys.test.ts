import { IstioAnnotation, IstioLabel, KubernetesLabel, LinkerdAnnotation, ManagedMeshAnnotation, PrometheusAnnotation } from '../../src/semantics/keys';

const ALL = [KubernetesLabel, IstioLabel, IstioAnnotation, ManagedMeshAnnotation, PrometheusAnnotation, LinkerdAnnotation]
  .flatMap(keys => Object.values<string>(keys));

test('every key is one that Kubernetes takes', () => {
  expect(ALL.filter(key => !/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,61}[A-Za-z0-9]$/.test(key))).toEqual([]);
});

test('no key is written twice', () => {
  expect(ALL.filter((key, i) => ALL.indexOf(key) !== i)).toEqual([]);
});
