import { App } from 'cdk8s';
import { makeWorld } from './world';
import { makeTasks, TASKS } from '../../../examples/istio-tasks/tasks';

/** Tasks that cannot stand beside those of another cluster: they are about the same external host, the same certificate, or the mesh as a whole. */
const OTHERS = [
  ['egress-tls-origination', 'egress-tls-origination-mutual', 'egress-gateway-tls-origination', 'egress-gateway-mutual-tls-origination', 'trace-tags'],
  ['local-rate-limit', 'local-rate-limit-per-route', 'global-rate-limit', 'traces-opentelemetry'],
  ['egress-gateway-tls', 'secure-gateway-several-hosts', 'jwt-required', 'mutual-tls-migration', 'access-logs-opentelemetry'],
  ['secure-gateway-mutual', 'jwt-required-per-path', 'trace-sampling'],
];

/** Writes the tasks of a cluster, and what they find there; the first one has all that need none of their own. */
export function synthCluster(number: number): void {
  const app = new App();
  const names = number === 1 ? Object.keys(TASKS).filter(name => !OTHERS.flat().includes(name)) : OTHERS[number - 2];
  makeTasks(app, names);
  makeWorld(app, names);
  app.synth();
}
