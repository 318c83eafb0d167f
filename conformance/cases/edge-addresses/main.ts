import { App, Chart } from 'cdk8s';
import { EdgeScene } from '../edge-jwt/edge-scene';
import { ClientAddress } from 'cdk8s-mesh';

/** Lists of addresses at every host and at some, by each way in which a gateway learns them. */
const app = new App();
const scene = new EdgeScene(new Chart(app, 'edge-addresses'));
const office = ['127.1.0.0/16', '203.0.113.0/24'];

scene.make('all', { clientAddress: ClientAddress.PEER }).forEach(({ edge }) => edge.restrictAddresses({ allowed: office, denied: ['127.1.0.66'] }));
scene.make('some', { clientAddress: ClientAddress.PEER }).forEach(({ edge }) => edge
  .restrictAddresses({ hosts: ['shop.example.com'], allowed: office })
  .restrictAddresses({ hosts: ['plain.example.com'], denied: office }));
scene.make('behind', { clientAddress: ClientAddress.forwardedFor(1) }, true).forEach(({ edge }) => edge.restrictAddresses({ allowed: office }));
scene.make('balanced', { clientAddress: ClientAddress.PROXY_PROTOCOL }).forEach(({ edge }) => edge.restrictAddresses({ allowed: office }));

app.synth();
