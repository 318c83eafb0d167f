import { App, Chart, Duration, Size } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  CaCertificate, Certificate, ClientAddress, ClientCertificates, GatewayExposure, GatewayForm, GatewayHost, GatewayTls, HttpPathMatch, IstioMesh,
  MeshedGateway, MeshNamespace, NginxGatewayOptions, NginxHostHeader, NginxRoute, NginxUpstream, TlsVersion,
} from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'nginx-routes');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

function upstream(name: string, port = 8080): NginxUpstream {
  const service = new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: 'http', port, targetPort: 8080 }] });
  service.selectLabel('app', name);
  return NginxUpstream.service(shop, service);
}

const certificate = (name: string) => Certificate.fromSecretName(name);
const web = upstream('web');
const old = upstream('old', 80);
const late = upstream('late');
const hostname = 'shop.example.com';

function gateway(name: string, options: NginxGatewayOptions, more: { tls?: GatewayTls; clientAddress?: ClientAddress } = {}): MeshedGateway {
  return new MeshedGateway(chart, name, {
    name,
    namespace: edge,
    form: GatewayForm.nginx(options),
    hosts: [GatewayHost.https(hostname, certificate(`${name}-tls`))],
    exposures: [GatewayExposure.clusterIp()],
    admits: [shop],
    ...more,
  });
}

const routes: Omit<NginxRoute, 'hostname'>[] = [
  { upstream: web },
  { path: HttpPathMatch.prefix('/api'), upstream: upstream('api') },
  { path: HttpPathMatch.exact('/api'), upstream: upstream('api-index') },
  { path: HttpPathMatch.prefix('/api/v2/'), upstream: upstream('api-v2') },
  { path: HttpPathMatch.exact('/a%20path;of{strange}"characters"'.replace(/[{}"]/g, c => encodeURIComponent(c))), upstream: upstream('strange') },
  { path: HttpPathMatch.prefix('/old'), upstream: old },
  { path: HttpPathMatch.prefix('/kept'), upstream: web, hostHeader: NginxHostHeader.CLIENT },
  { path: HttpPathMatch.prefix('/late'), upstream: late },
  { path: HttpPathMatch.prefix('/slow'), upstream: web, timeout: Duration.millis(300), maxBodySize: Size.kibibytes(1), buffering: false },
];
const full = gateway('public', {});
routes.forEach(route => full.addNginxRoute({ hostname, ...route }));
full.addHost(GatewayHost.https('*.shops.example.com', certificate('shops-tls')))
  .addNginxRoute({ hostname: '*.shops.example.com', upstream: old })
  .addNginxRoute({ hostname: 'first.shops.example.com', path: HttpPathMatch.exact('/'), upstream: web })
  .addHost(GatewayHost.http('plain.example.com'))
  .addNginxRoute({ hostname: 'plain.example.com', path: HttpPathMatch.prefix('/x'), upstream: web });

gateway('behind', { trustedProxies: ['127.1.0.0/16'] }).addNginxRoute({ hostname, upstream: web })
  .edge.restrictAddresses({ allowed: ['127.0.0.0/8', '203.0.113.0/24'], denied: ['203.0.113.7'] });
gateway('told', {}, { clientAddress: ClientAddress.PROXY_PROTOCOL }).addNginxRoute({ hostname, upstream: web });
gateway('mutual', { http2: false }, {
  tls: { minVersion: TlsVersion.V1_3, clientCertificates: ClientCertificates.required(CaCertificate.configMapName('client-ca')) },
}).addNginxRoute({ hostname, upstream: web });

app.synth();
