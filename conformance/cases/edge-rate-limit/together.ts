import { Chart } from 'cdk8s';
import { Cpu, Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import { EveryForm } from './every-form';
import {
  ClientAddress, HttpPathMatch, MeshNamespace, MeshWorkload, ProviderService, RateLimitKey, RateLimitUnit,
} from 'cdk8s-mesh';

const PORT = 8081;

/** Limits that all proxies of a gateway count together: by a service of the mesh in a namespace that is closed, and by one that does not answer. */
export function limitsTogether(chart: Chart): void {
  const forms = new EveryForm(chart);
  const { limiter, service } = rateLimitService(chart, forms);
  forms.make('together', edge => edge.limitRateBy(ProviderService.service(service), {
    limiter,
    limits: [
      { requests: 3, per: RateLimitUnit.DAY },
      { requests: 1, per: RateLimitUnit.DAY, path: HttpPathMatch.exact('/login'), each: RateLimitKey.ADDRESS },
      { requests: 2, per: RateLimitUnit.DAY, each: RateLimitKey.header('x-api-key') },
    ],
  }), ClientAddress.forwardedFor(1));
  forms.own('stranger', edge => edge.limitRateBy(ProviderService.service(service), { limits: [{ requests: 5, per: RateLimitUnit.DAY }] }));
  const gone = ProviderService.serviceName('gone', 'limits', PORT);
  const limits = [{ requests: 1, per: RateLimitUnit.DAY }];
  forms.make('failing', edge => edge
    .limitRateBy(gone, { hosts: ['shop.example.com'], limits })
    .limitRateBy(gone, { hosts: ['api.example.com'], limits, failOpen: true }));
}

function rateLimitService(chart: Chart, { mesh }: EveryForm) {
  const namespace = new MeshNamespace(chart, 'Limits', { mesh, name: 'limits' });
  const metadata = { name: 'ratelimit', namespace: 'limits' };
  const deployment = new Deployment(chart, 'RateLimit', {
    metadata,
    podMetadata: { annotations: { 'conformance/rate-limiter': 'true' } },
    serviceAccount: new ServiceAccount(chart, 'RateLimitAccount', { metadata }),
    containers: [{ image: 'registry.example.com/ratelimit:1', portNumber: PORT, resources: { cpu: { limit: Cpu.millis(100) } } }],
  });
  const service = new Service(chart, 'RateLimitService', { metadata, selector: deployment, ports: [{ name: 'grpc', port: PORT }] });
  return { limiter: new MeshWorkload(chart, 'Limiter', { namespace, workload: deployment, services: [service] }), service };
}
