/**
 * Every field of every kind of Istio 1.31, with every word of its enums: a file for each kind, in it objects named after the field that they show, or after the
 * workload that they are for, under a comment with its path in the spec. All of them are about one shop, its gateways and one mesh, and agree with each other:
 * what they name is made in shop.ts, platform.ts and mesh.ts, or is a ServiceEntry of service-entry.ts.
 *
 * It is there to look fields up, not to be applied: nobody needs all of it at once. Certificates are only named. Apps that run are in the folders beside this one.
 */
import { App, Chart } from 'cdk8s';
import { authorizationPolicies } from './authorization-policy';
import { destinationRules } from './destination-rule';
import { envoyFilters } from './envoy-filter';
import { extensions } from './extensions';
import { gateways as makeGateways } from './gateway';
import { declareMesh, providers as makeProviders } from './mesh';
import { peerAuthentications } from './peer-authentication';
import { Platform } from './platform';
import { proxyConfigs } from './proxy-config';
import { requestAuthentications } from './request-authentication';
import { serviceEntries } from './service-entry';
import { Shop } from './shop';
import { sidecars } from './sidecar';
import { telemetries } from './telemetry';
import { virtualServices } from './virtual-service';
import { layer4VirtualServices } from './virtual-service-l4';
import { workloadEntries } from './workload-entry';
import { workloadGroups } from './workload-group';

const app = new App();
const platform = new Platform(app, 'platform');
const providers = makeProviders(platform);
const mesh = declareMesh(app, providers);
const shop = new Shop(app, 'shop', mesh);

const gateways = makeGateways(new Chart(app, 'gateway'), shop);
const hosts = serviceEntries(new Chart(app, 'service-entry'), shop);
workloadEntries(new Chart(app, 'workload-entry'));
workloadGroups(new Chart(app, 'workload-group'));
const subsets = destinationRules(new Chart(app, 'destination-rule'), shop, hosts);
const routed = { shop, gateways, subsets, hosts };
virtualServices(new Chart(app, 'virtual-service'), routed);
layer4VirtualServices(new Chart(app, 'virtual-service-l4'), routed);
sidecars(new Chart(app, 'sidecar'), shop);
proxyConfigs(new Chart(app, 'proxy-config'), shop);

peerAuthentications(new Chart(app, 'peer-authentication'), shop);
requestAuthentications(new Chart(app, 'request-authentication'), shop);
authorizationPolicies(new Chart(app, 'authorization-policy'), { shop, providers });

telemetries(new Chart(app, 'telemetry'), { shop, providers });
extensions(new Chart(app, 'extensions'), shop);
envoyFilters(new Chart(app, 'envoy-filter'), { shop, gateways });

app.synth();
