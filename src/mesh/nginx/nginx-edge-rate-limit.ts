import { NginxDirective } from './nginx-directive';
import { NginxEdgeGateway } from './nginx-edge-gateway';
import { NginxEdgePart } from './nginx-edge-part';
import { pathOfMatch } from './nginx-location';
import { below, exactly, NginxChoice, requestHeader, variable } from './nginx-variables';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { EdgeScope } from '../edge/edge-hosts';
import { EdgeLocalRateLimitOptions, EdgeRateLimit, RateLimitKey, RateLimitUnit } from '../edge/edge-rate-limit';
import { checkRateLimits } from '../edge/edge-rate-limit-checks';
import { cannotEnforce } from '../edge/gateway-edge-enforcement';
import { ClientAddress } from '../gateway/client-address';

const { of } = NginxDirective;

const RATES: { readonly [unit in RateLimitUnit]?: string } = { [RateLimitUnit.SECOND]: 'r/s', [RateLimitUnit.MINUTE]: 'r/m' };
/** What nginx remembers of addresses and values, of which it forgets the oldest. */
const MEMORY = '10m';
/** Each host is counted by itself. */
const HOST = '$server_name';

/** nginx has a bucket that fills steadily: as many requests as there may be in a unit pass at once, and then one each time that its part of the unit is over. */
export function nginxEdgeRateLimit(
  gateway: NginxEdgeGateway, { hosts }: EdgeScope, index: number, { limits }: EdgeLocalRateLimitOptions,
): NginxEdgePart {
  checkRateLimits({ ...gateway, clientAddress: gateway.knowsClients ? ClientAddress.PEER : undefined }, limits);
  const made = limits.map((limit, place) => new NginxLimit(gateway.name, `limit_${index}_${place}`, limit));
  return { hosts, http: made.flatMap(limit => limit.http()), server: [...made.map(limit => limit.server()), of('limit_req_status', 429)] };
}

/** One limit, which counts requests for which its key is not empty. */
class NginxLimit {
  private readonly rate: string;
  private readonly conditions: [string, NginxChoice['pattern']][];

  constructor(gateway: string, private readonly name: string, private readonly limit: EdgeRateLimit) {
    const { requests, per, path, method, headers = {}, each } = limit;
    const unit = RATES[per];
    if (unit === undefined) {
      cannotEnforce(gateway, `limit rates by the ${per.toLowerCase()}`, 'nginx counts by second and by minute', 'use RateLimitUnit.MINUTE, or GatewayForm.selfManaged()');
    }
    this.rate = `${requests}${unit}`;
    this.conditions = [
      // Requests without the header are not counted.
      ...each?._header === undefined ? [] : [[requestHeader(each._header), '.'] as [string, string]],
      ...method === undefined ? [] : [['$request_method', exactly(method)] as [string, string]],
      ...Object.entries(headers).map(([header, value]): [string, string] => [requestHeader(header), exactly(value)]),
      ...path === undefined ? [] : [['$uri', pathPattern(gateway, path)] as [string, string]],
    ];
  }

  /** A variable for each condition, whose value is that of the one before where it holds. */
  public http(): NginxDirective[] {
    const { name, conditions } = this;
    return [
      ...conditions.map(([source, pattern], place) => variable(`${name}_${place}`, source, [{ pattern, value: this.key(place) }])),
      of('limit_req_zone', this.key(conditions.length), `zone=${name}:${MEMORY}`, `rate=${this.rate}`),
    ];
  }

  public server(): NginxDirective {
    const burst = this.limit.requests - 1;
    return of('limit_req', `zone=${this.name}`, ...burst > 0 ? [`burst=${burst}`, 'nodelay'] : []);
  }

  private key(place: number): string {
    const { each } = this.limit;
    if (place > 0) {
      return `$${this.name}_${place - 1}`;
    }
    return each === undefined ? HOST : `${HOST} ${each === RateLimitKey.ADDRESS ? '$remote_addr' : requestHeader(each._header!)}`;
  }
}

function pathPattern(gateway: string, path: HttpPathMatch): string {
  const plain = pathOfMatch(path, `a rate limit of gateway '${gateway}'`);
  return path.type === HttpPathMatchType.EXACT ? exactly(plain) : below(plain);
}
