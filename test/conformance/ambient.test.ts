import { join } from 'node:path';
import { summarizeNodes, waypointOf } from '../../conformance/ambient/node-policies';
import { CASES } from '../../conformance/case';
import { recordedIn } from '../../conformance/recorded';

interface AmbientVerdict {
  readonly nodes: { readonly [part: string]: { readonly [name: string]: string } };
  readonly requests: { readonly [name: string]: { readonly way: string; readonly status?: number | string } };
}

const verdict = (name: string) => recordedIn(join(CASES, name))!.engines.ambient as AmbientVerdict;
const statuses = (name: string) =>
  Object.fromEntries(Object.entries(verdict(name).requests).map(([request, { way, status }]) => [request, status ?? way]));

describe('what the proxies of nodes are told', () => {
  const waypoint = { hostname: { namespace: 'infra', hostname: 'shared.infra.svc.cluster.local' } };

  test('is told in lines', () => {
    expect(summarizeNodes([
      { service: { namespace: 'shop', name: 'web', waypoint, ingressUseWaypoint: true } },
      { service: { namespace: 'shop', name: 'cart', weightedWaypoints: [{ destination: waypoint, weight: 90 }, { destination: waypoint }] } },
      { workload: { namespace: 'shop', name: 'web-0', tunnelProtocol: 'HBONE', authorizationPolicies: ['shop/web'] } },
      { workload: { namespace: 'edge', name: 'gateway-0' } },
    ], [
      {
        namespace: 'shop',
        name: 'web',
        groups: [
          { rules: [{ matches: [{ destinationPorts: [80, 81] }] }, { matches: [{ principals: [{ exact: 'a' }] }, { namespaces: [{ prefix: 'b' }] }] }] }, {},
        ],
      },
      { namespace: 'shop', name: 'none', scope: 'NAMESPACE', action: 'DENY' },
    ])).toEqual({
      services: { 'shop/web': 'infra/shared; ingress too', 'shop/cart': '90 % infra/shared, 0 % infra/shared' },
      workloads: { 'shop/web': 'HBONE; waypoint none; policies shop/web', 'edge/gateway': 'not captured; waypoint none; policies none' },
      policies: { 'shop/web': 'ALLOW GLOBAL: destinationPorts 80, 81 and principals a or namespaces prefix "b"; ', 'shop/none': 'DENY NAMESPACE: nothing' },
    });
    expect(waypointOf({})).toBe('none');
  });
});

describe('an ambient shop', () => {
  test('answers those who are named, and nobody else', () => {
    expect(statuses('examples-ambient-waypoint')).toEqual({
      'web reads a product': 200,
      'web deletes a product': 403,
      'web asks for another path': 403,
      'the database reads a product': 403,
      'a workload of a forgotten namespace reads a product': 403,
      'web charges, in another namespace behind the same waypoint': 200,
      'catalog charges': 403,
      'catalog calls web, which takes requests of the gateway only': 403,
      'catalog calls the database, which has no waypoint': 'nodes only, which enforce what the pods of shop/database say',
      'web calls catalog by the address of its pod': 'nodes only, which enforce what shop/catalog say',
      'curious has the waypoint call catalog by the address of its pod': 'no tunnel',
      'curious has the waypoint call a Service of the same pods, of which the shop has not thought': 403,
    });
  });

  test('has nodes that let in the waypoint, the gateway, and who speaks no HTTP', () => {
    const { policies } = verdict('examples-ambient-waypoint').nodes;
    expect(policies['shop/catalog']).toBe('ALLOW WORKLOAD_SELECTOR: destinationPorts 8080 and principals cluster.local/ns/shop/sa/waypoint');
    expect(policies['shop/web']).toBe('ALLOW WORKLOAD_SELECTOR: destinationPorts 8080 and principals cluster.local/ns/edge/sa/public-istio');
    expect(policies['shop/database']).toBe('ALLOW WORKLOAD_SELECTOR: destinationPorts 5432 and principals cluster.local/ns/shop/sa/catalog');
    expect(policies['shop/allow-nothing']).toBe('ALLOW NAMESPACE: nothing');
  });
});

test('waypoints stand before what they are told to, and what they do not know they pass on only when they are open', () => {
  const { services, workloads } = verdict('waypoints').nodes;
  expect([services['open/server'], services['mixed/single'], services['mixed/left'], services['closed/guarded']])
    .toEqual(['80 % infra/shared, 20 % infra/next; ingress too', 'mixed/one', 'none', 'closed/everything']);
  expect(['worker', 'twin', 'left'].map(name => workloads[`mixed/${name}`].split('; ')[1])).toEqual(['waypoint mixed/account', 'waypoint mixed/account', 'waypoint none']);
  expect(statuses('waypoints')).toMatchObject({
    'a closed Service, by its client': 200,
    'a closed Service, by its client with another method': 403,
    'a closed Service, by another client': 403,
    'a closed pod by its address, by the client of its Service': 403,
    'a closed pod by its address, by another client': 403,
    'a pod of the account, by its address': 'passed on to the node',
  });
});
