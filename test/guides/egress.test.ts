import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { holdGuide } from './guide';
import {
  DataPlane, EgressBypass, EgressForm, EgressGateway, EgressGatewayProps, ExternalService, ForwardProxy, GatewayApiChannel, IstioMesh,
  LinkerdMesh, Mesh, MeshClient, MeshNamespace,
} from '../../src';

let shop: MeshNamespace;

function make(props: Partial<EgressGatewayProps> = {}, meshIn: (scope: Chart) => Mesh = scope => new IstioMesh(scope, 'Mesh')): EgressGateway {
  const chart = new Chart(new App(), 'test');
  const mesh = meshIn(chart);
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  return new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'Out', { mesh, name: 'egress' }), ...props });
}
const inAmbient = (scope: Chart) => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT });
const inLinkerd = (scope: Chart) => new LinkerdMesh(scope, 'Mesh');
const checkout = () => ({ clients: [MeshClient.serviceAccountName(shop, 'checkout')] });
const { tls, http, originate, tcp } = ExternalService;
const proxy = ForwardProxy.host('proxy.corp.example.com', 3128);

holdGuide('egress', {
  gatewayApi: { channel: GatewayApiChannel.EXPERIMENTAL },
  code: 7,
  shown: [
    'DestinationRule partner-example-com', 'AuthorizationPolicy api-payments-example-com', 'VirtualService uploads-example-com',
    'DestinationRule istio-egressgateway', 'AuthorizationPolicy uploads-example-com', 'Sidecar default', 'NetworkPolicy stay-in-cluster',
    'NetworkPolicy istio-egressgateway', 'Gateway egress', 'HTTPRoute api-maps-example-com', 'HTTPRoute api-maps-example-com-out',
    'ServiceEntry api-isbn-example-com', 'AuthorizationPolicy api-isbn-example-com', 'NetworkPolicy exporter-bypass', 'EgressNetwork egress', 'TLSRoute api-stripe-com',
    'HTTPRoute rates-example-com',
  ],
  refused: [
    () => make({ form: EgressForm.waypoint() }),
    () => make({}, inLinkerd).node.validate()[0],
    () => make().allow(tls('a.example.com'), { methods: ['GET'] }),
    () => make().allow(tls('a.example.com', { identified: false }), checkout()),
    () => make().allow(http('*.example.com')),
    () => make().allow(tcp('db.example.com', { port: 5432 })),
    () => make({ form: EgressForm.withoutGateway() }).allow(tls('a.example.com'), checkout()),
    () => make({ form: EgressForm.withoutGateway() }).allow(http('a.example.com'), { methods: ['GET'] }),
    () => make({}, inAmbient).allow(tls('a.example.com', { proxy })),
    () => make({}, inLinkerd).allow(originate('a.example.com'), { clients: [shop] }),
    () => make({}, inLinkerd).allow(tls('a.example.com')),
    () => {
      const { node: { scope } } = make();
      const workload = new Deployment(scope!, 'Job', { metadata: { name: 'job', namespace: 'shop' }, containers: [{ image: 'job' }] });
      return new EgressBypass(scope!, 'Bypass', { namespace: shop, workload, ranges: ['0.0.0.0/0'] });
    },
  ],
});
