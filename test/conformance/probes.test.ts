import { join } from 'node:path';
import { request } from './recorded-requests';
import { CASES } from '../../conformance/case';
import { Injection } from '../../conformance/inject';
import { recordedIn } from '../../conformance/recorded';

/** What details of a proxy say of probes. */
interface Probed {
  readonly probes?: { readonly [container: string]: string };
  readonly probers?: { readonly [path: string]: object };
}

const CLOSED = 'zero-trust-verbs';
const probed = (name: string, pod: string) => (recordedIn(join(CASES, name))?.engines.inject as Injection[]).find(one => one.pod === `Deployment ${pod}`)?.proxy as Probed;

test('a closed workload takes nothing without mTLS, so that a kubelet would be refused', () => {
  expect(request(CLOSED, 'the kubelet, were its probe not led to the agent of the proxy')).toMatchObject({
    outcome: 'closed', hops: [{ proxy: 'shop/catalog', because: 'filter_chain_not_found' }],
  });
});

test.each(['shop/web', 'shop/catalog', 'batch/report'])('the probe of %s is led to the agent of its proxy, which asks as the kubelet would', pod => {
  expect(probed(CLOSED, pod)).toMatchObject({
    probes: { main: '15020/app-health/main/readyz' },
    probers: { '/app-health/main/readyz': { httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' } } },
  });
});

test('a probe that its workload keeps is asked where it was', () => {
  expect(probed('pod-enrolment', 'shop/probes-kept').probes).toEqual({ main: '8080/ready' });
});
