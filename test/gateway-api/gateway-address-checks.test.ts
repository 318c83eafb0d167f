import { App, Chart } from 'cdk8s';
import { Gateway, GatewayAddress, GatewayApi, GatewayApiBundle, GatewayClass, Listener } from '../../src';

function make(bundle: GatewayApiBundle, address: GatewayAddress): Gateway {
  const app = new App();
  GatewayApi.declare(app, { bundle });
  return new Gateway(new Chart(app, 'test'), 'Gateway', {
    metadata: { name: 'edge' }, gatewayClass: GatewayClass.CILIUM, addresses: [address], listeners: [Listener.http()],
  });
}

test.each([
  [GatewayApiBundle.V1_2, GatewayAddress.ipAddress(), '1.4'],
  [GatewayApiBundle.V1_3, GatewayAddress.ipAddress(), '1.4'],
  [GatewayApiBundle.V1_3, GatewayAddress.hostname(), '1.4'],
  [GatewayApiBundle.V1_2, GatewayAddress.of('example.com/pool'), '1.3'],
])('a release needs the values of addresses: %s %#', (bundle, address, since) => {
  expect(() => make(bundle, address)).toThrow(`Gateway 'edge': address of type ${address.type} must have a value before Gateway API ${since}, ` +
    `got none with ${bundle}: pass one, or leave the address out`);
});

test.each([
  [GatewayApiBundle.V1_2, GatewayAddress.ipAddress('10.1.2.3')],
  [GatewayApiBundle.V1_3, GatewayAddress.of('example.com/pool')],
  [GatewayApiBundle.V1_4, GatewayAddress.ipAddress()],
  [GatewayApiBundle.V1_4, GatewayAddress.hostname()],
])('and takes those that it knows: %s %#', (bundle, address) => {
  expect(() => make(bundle, address)).not.toThrow();
});
