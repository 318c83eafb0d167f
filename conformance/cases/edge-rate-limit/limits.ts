import { Chart } from 'cdk8s';
import { EveryForm } from './every-form';
import { ClientAddress, HttpMethod, HttpPathMatch, RateLimitKey, RateLimitUnit } from 'cdk8s-mesh';

/** Limits that each proxy counts by itself. */
export function rateLimits(chart: Chart): void {
  const forms = new EveryForm(chart);
  forms.make('every', edge => edge.limitRate({ limits: [{ requests: 2, per: RateLimitUnit.HOUR }] }));
  forms.make('some', edge => edge
    .limitRate({
      hosts: ['shop.example.com'],
      limits: [
        { requests: 4, per: RateLimitUnit.HOUR },
        { requests: 2, per: RateLimitUnit.HOUR, path: HttpPathMatch.prefix('/api'), method: HttpMethod.POST, headers: { 'x-plan': 'free' } },
      ],
    })
    .limitRate({ hosts: ['*.blog.example.com', 'plain.example.com'], limits: [{ requests: 2, per: RateLimitUnit.SECOND }] }));
  forms.make('each', edge => edge.limitRate({
    limits: [{ requests: 2, per: RateLimitUnit.DAY, each: RateLimitKey.ADDRESS }, { requests: 1, per: RateLimitUnit.DAY, each: RateLimitKey.header('X-Api-Key') }],
  }), ClientAddress.forwardedFor(1));
}
