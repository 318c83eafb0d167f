/**
 * Every field of every kind of Gateway API 1.7, with every word of its enums: a file for each kind, in it objects and rules named after the field that they
 * show, under a comment with its path in the spec. What several kinds have in common is in files of its own: listeners, filters, session persistence.
 *
 * It is there to look fields up, not to be applied: Services, Secrets and the like are only named, and no implementation reads all of it. Apps that run are in
 * the folders beside this one. Fields of the experimental channel are refused without the declaration below.
 */
import { App, Chart } from 'cdk8s';
import { backendTlsPolicies } from './backend-tls-policy';
import { gateways } from './gateway';
import { gatewayClasses } from './gateway-class';
import { grpcRoutes } from './grpc-route';
import { httpRoutes } from './http-route';
import { listenerSets } from './listener-set';
import { referenceGrants } from './reference-grant';
import { tcpRoutes } from './tcp-route';
import { tlsRoutes } from './tls-route';
import { udpRoutes } from './udp-route';
import { xBackends } from './x-backend';
import { xBackendTrafficPolicies } from './x-backend-traffic-policy';
import { xMeshes } from './x-mesh';
import { xTelemetryPolicies } from './x-telemetry-policy';
import { GatewayApi, GatewayApiChannel } from 'cdk8s-mesh';

const app = new App();
GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });

const gatewayClass = gatewayClasses(new Chart(app, 'gateway-class'));
const { listeners: gateway, allowedListeners } = gateways(new Chart(app, 'gateway'), gatewayClass);
const listenerSet = listenerSets(new Chart(app, 'listener-set'), allowedListeners);
const xBackend = xBackends(new Chart(app, 'x-backend'));

httpRoutes(new Chart(app, 'http-route'), { gateway, listenerSet, xBackend });
grpcRoutes(new Chart(app, 'grpc-route'), { gateway, listenerSet });
tlsRoutes(new Chart(app, 'tls-route'), { gateway, listenerSet });
tcpRoutes(new Chart(app, 'tcp-route'), { gateway, listenerSet });
udpRoutes(new Chart(app, 'udp-route'), { gateway, listenerSet });
referenceGrants(new Chart(app, 'reference-grant'));

backendTlsPolicies(new Chart(app, 'backend-tls-policy'));
xBackendTrafficPolicies(new Chart(app, 'x-backend-traffic-policy'), xBackend);
xMeshes(new Chart(app, 'x-mesh'));
xTelemetryPolicies(new Chart(app, 'x-telemetry-policy'), gateway);

app.synth();
