import { Chart } from 'cdk8s';
import { EveryForm } from './every-form';
import { CaCertificate, ClientAddress, ClientCertificates, IpAccessList } from 'cdk8s-mesh';

/** Certificates that clients must or may show. */
export function clientCertificates(chart: Chart): void {
  const forms = new EveryForm(chart);
  forms.make('required', { tls: { clientCertificates: ClientCertificates.required(CaCertificate.configMapName('clients')) } });
  forms.make('optional', { tls: { clientCertificates: ClientCertificates.optional(CaCertificate.secretName('client-authority')) } });
}

/** Lists of addresses, by each way in which a gateway learns them. */
export function clientAddresses(chart: Chart): void {
  const forms = new EveryForm(chart);
  const ways = { direct: ClientAddress.PEER, behind: ClientAddress.forwardedFor(1), balanced: ClientAddress.PROXY_PROTOCOL };
  for (const [name, clientAddress] of Object.entries(ways)) {
    for (const gateway of forms.make(name, { clientAddress })) {
      new IpAccessList(gateway, 'Addresses', {
        metadata: { name: `${gateway.name}-addresses`, namespace: 'edge' },
        ...gateway.policyScope,
        clientAddress,
        allowed: ['127.1.0.0/16', '203.0.113.0/24'],
      });
    }
  }
}
