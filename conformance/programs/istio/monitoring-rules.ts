import { IstioRule, inOrder } from './rule';
import { literalOf, onlyOne, seconds, without } from '../coherence';

const scrape: IstioRule = fields => {
  const timed = fields.scrapeTimeout ? { ...fields, scrapeTimeout: seconds(5), interval: seconds(30) } : fields;
  return literalOf(timed.honorTimestamps) === false ? without(timed, 'trackTimestampsStaleness') : timed;
};

const tls: IstioRule = inOrder(onlyOne('minVersion', 'maxVersion'), onlyOne('ca', 'caFile'), onlyOne('clientCertificate', 'clientCertificateFiles'));

export const MONITORING_RULES: { readonly [struct: string]: IstioRule } = {
  PodMetricsEndpoint: scrape,
  ServiceMonitorEndpoint: scrape,
  ScrapeJob: scrape,
  ScrapeTls: tls,
  ServiceScrapeTls: tls,
  RelabelingReplace: fields => fields.sourceLabels || fields.replacement ? fields : { ...fields, replacement: { literal: 'shop' } },
};

export const MONITORING_NEEDED: { readonly [struct: string]: readonly string[] } = {
  PrometheusRuleProps: ['groups'],
};
