import { checkHeaderName, isJwtClaim } from './header-name';
import { IstioHttpMatch } from './istio-http-match';
import { checkLabels } from './label-map';
import { checkSources, writeMatchGateways } from './match-gateways';
import { StringMatch } from './string-match';
import type { VirtualServiceSpecHttpMatch } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** What Istio leaves out of header matches without a word, because fields of the match say it. */
const OWN_FIELD = ['uri', 'scheme', 'method', 'authority'];

/** Writes a match; `gateways` are those of the VirtualService, which a delegate does not know. */
export function httpMatchManifest(match: IstioHttpMatch, gateways: string[] | undefined): Manifest<VirtualServiceSpecHttpMatch> {
  const uri = match.uri?._toKube();
  if (match.ignoreUriCase && uri?.exact === undefined && uri?.prefix === undefined) {
    throw new Error('ignoreUriCase needs an exact or prefix match of uri: write (?i) into a regex');
  }
  checkSources(match, gateways);
  if (match.gateways?.length && (match.sourceLabels || match.sourceNamespace !== undefined)) {
    throw new Error(`Istio ignores ${match.sourceLabels ? 'sourceLabels' : 'sourceNamespace'} in a match that names gateways: leave the gateways out`);
  }
  [...Object.keys(match.headers ?? {}), ...Object.keys(match.withoutHeaders ?? {})].forEach(name => checkMatchedHeader(name, gateways));
  return {
    name: match.name,
    uri,
    scheme: match.scheme?._notEmptyPrefix('scheme')._toKube(),
    method: match.method?._notEmptyPrefix('method')._toKube(),
    authority: match.authority?._notEmptyPrefix('authority')._toKube(),
    headers: matches(match.headers, 'header'),
    withoutHeaders: matches(match.withoutHeaders, 'header'),
    queryParams: matches(match.queryParams, 'query parameter'),
    port: match.port === undefined ? undefined : checkPort(match.port, 'port of a match'),
    gateways: writeMatchGateways(match.gateways, gateways),
    sourceLabels: checkLabels(match.sourceLabels, 'sourceLabels'),
    sourceNamespace: match.sourceNamespace === undefined ? undefined : checkDnsLabel(match.sourceNamespace, 'sourceNamespace'),
    ignoreUriCase: match.ignoreUriCase,
    statPrefix: match.statPrefix,
  };
}

function checkMatchedHeader(name: string, gateways: string[] | undefined): void {
  if (isJwtClaim(name)) {
    if (gateways === undefined) {
      throw new Error(`claim '${name}' cannot be matched in a delegate: match it in the route that delegates`);
    }
    if (gateways.includes('mesh')) {
      throw new Error(`claim '${name}' can be matched on gateways only, but the VirtualService is for mesh as well: write another one`);
    }
  } else if (OWN_FIELD.includes(name)) {
    throw new Error(`Istio ignores '${name}' in header matches: use the field ${name} of the match`);
  } else {
    checkHeaderName(name, 'header of a match');
  }
}

function matches(values: { [key: string]: StringMatch } | undefined, what: string) {
  return values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value._notEmptyPrefix(`${what} '${name}'`)._toKube()]));
}
