import { join } from 'node:path';
import { CASES } from '../../conformance/case';
import { Injection } from '../../conformance/inject';
import { recordedIn } from '../../conformance/recorded';

const injections = recordedIn(join(CASES, 'inject-labels'))?.engines.inject as Injection[];

// What our constructs rely on when they label namespaces and pods.
test.each<[string, string | undefined, string]>([
  ['enabled/plain', 'default', 'a namespace that is enabled enrols its pods with the default revision'],
  ['enabled/refuses', undefined, 'a pod may refuse'],
  ['enabled/asks-next', 'default', 'the revision of a pod says nothing in a namespace that is enrolled'],
  ['next/plain', 'next', 'a namespace may name a revision'],
  ['next/refuses', undefined, 'a pod may refuse that too'],
  ['both/plain', 'default', 'of two labels of a namespace, the revision is overlooked'],
  ['disabled/plain', undefined, 'a namespace may refuse'],
  ['disabled/asks', undefined, 'then no pod of it can ask'],
  ['plain/plain', undefined, 'nobody said anything'],
  ['plain/asks', 'default', 'a pod may ask for the default revision'],
  ['plain/asks-next', 'next', 'or for another'],
  ['plain/asks-both', 'next', 'of two labels of a pod, the revision counts'],
  ['plain/label-of-namespaces', undefined, 'the label of namespaces does nothing on a pod'],
  ['unknown/plain', undefined, 'a revision that is not installed takes nothing'],
])('%s: %s, for %s', (pod, revision) => {
  expect(injections.find(injection => injection.pod === `Deployment ${pod}`)).toMatchObject({
    role: revision === undefined ? 'none' : 'sidecar',
    takenBy: revision === undefined ? [] : [expect.stringContaining('sidecar-injector.istio.io')],
    ...revision !== undefined && { revision },
  });
});
