import { EdgeAccessLogOptions } from './edge-access-log';
import { Referrer, referToService } from './envoy-gateway-backend-ref';
import { cannotEnforce } from './gateway-edge-enforcement';
import type { AccessLogSetting, AccessLogSink, LoggedHeaders } from '../../envoy-gateway/envoy-proxy';
import { ExtensionProvider } from '../../istio/extension-provider';
import { given } from '../given-fields';

/** What the mesh configuration says of who takes logs. */
interface LogProvider {
  readonly path?: string;
  readonly service?: string;
  readonly port?: number;
  readonly logName?: string;
  readonly logFormat?: { readonly text?: string; readonly labels?: { readonly [label: string]: unknown } };
  readonly omitEmptyValues?: boolean;
  readonly filterStateObjectsToLog?: string[];
  readonly additionalRequestHeadersToLog?: string[];
  readonly additionalResponseHeadersToLog?: string[];
  readonly additionalResponseTrailersToLog?: string[];
}

type Format = AccessLogSetting['format'];

/** How entries look, and where they go. */
interface Destination {
  readonly format?: Format;
  readonly sink: AccessLogSink;
}

const TAKERS = 'pass ExtensionProvider.envoyFileAccessLog, envoyHttpAls, envoyTcpAls or envoyOtelAls';

/** Which requests Envoy Gateway logs, and how. */
export function envoyGatewayAccessLog(referrer: Omit<Referrer, 'kind'>, options: EdgeAccessLogOptions): AccessLogSetting {
  const { provider = ExtensionProvider.ENVOY, filter } = options;
  if (filter === '') {
    throw new Error(`filter of the access log of gateway '${referrer.gateway}' must not be empty: leave it out to log all requests`);
  }
  const matches = filter === undefined ? undefined : [filter];
  if (provider === ExtensionProvider.ENVOY) {
    return { matches, sinks: [{ type: 'File', file: { path: '/dev/stdout' } }] };
  }
  const [kind, settings] = Object.entries(provider._toKube() ?? {}).find(([name]) => name !== 'name') as [string, LogProvider] | undefined ?? [];
  if (kind === undefined || settings === undefined) {
    cannotEnforce(referrer.gateway, `log access by '${provider.name}'`, 'Envoy Gateway does not read the mesh configuration', TAKERS);
  }
  const { format, sink } = kind === 'envoyFileAccessLog' ? file(referrer.gateway, provider, settings) : service(referrer, provider, kind, settings);
  return { matches, format, sinks: [sink] };
}

function file(gateway: string, { name }: ExtensionProvider, { path, logFormat, omitEmptyValues }: LogProvider): Destination {
  checkUntold(gateway, name, { omitEmptyValues });
  return { format: formatOf(gateway, name, logFormat), sink: { type: 'File', file: { path: path! } } };
}

/** `undefined` stands for Envoy Gateway's own. */
function formatOf(gateway: string, name: string, { text, labels }: NonNullable<LogProvider['logFormat']> = {}): Format {
  if (text !== undefined) {
    return { type: 'Text', text: text.endsWith('\n') ? text : `${text}\n` };
  }
  const json = membersOf(gateway, name, labels);
  return json && { type: 'JSON', json };
}

function membersOf(gateway: string, name: string, labels: { readonly [label: string]: unknown } = {}): { [label: string]: string } | undefined {
  const nested = Object.entries(labels).find(([, value]) => typeof value !== 'string');
  if (nested !== undefined) {
    cannotEnforce(gateway, `log '${nested[0]}' as '${name}' says`, 'in Envoy Gateway members of an entry are texts', 'write each as a text');
  }
  return Object.keys(labels).length === 0 ? undefined : labels as { [label: string]: string };
}

function service(referrer: Omit<Referrer, 'kind'>, { name }: ExtensionProvider, kind: string, settings: LogProvider): Destination {
  const { gateway } = referrer;
  const { logName, logFormat, filterStateObjectsToLog } = settings;
  const backendRefs = () => [referToService({ ...referrer, kind: 'EnvoyProxy' }, settings.service!, settings.port!, `log access by '${name}'`)];
  checkUntold(gateway, name, { filterStateObjectsToLog });
  switch (kind) {
    case 'envoyOtelAls': {
      checkUntold(gateway, name, { logName });
      const format = given({ text: logFormat?.text, json: membersOf(gateway, name, logFormat?.labels) }) as Format;
      return { format, sink: { type: 'OpenTelemetry', openTelemetry: { backendRefs: backendRefs() } } };
    }
    case 'envoyTcpAls':
      return { sink: { type: 'ALS', als: { type: 'TCP', logName, backendRefs: backendRefs() } } };
    case 'envoyHttpAls':
      return { sink: { type: 'ALS', als: { type: 'HTTP', logName, backendRefs: backendRefs(), http: loggedHeaders(settings) } } };
    default:
      return cannotEnforce(gateway, `log access by '${name}'`, `${kind} takes no access logs of Envoy Gateway`, TAKERS);
  }
}

function loggedHeaders(settings: LogProvider): LoggedHeaders | undefined {
  const { additionalRequestHeadersToLog, additionalResponseHeadersToLog, additionalResponseTrailersToLog } = settings;
  return given({
    requestHeaders: additionalRequestHeadersToLog, responseHeaders: additionalResponseHeadersToLog, responseTrailers: additionalResponseTrailersToLog,
  });
}

function checkUntold(gateway: string, name: string, fields: { readonly [field: string]: unknown }): void {
  const first = Object.entries(fields).find(([, value]) => value !== undefined && value !== false);
  if (first !== undefined) {
    cannotEnforce(gateway, `do what ${first[0]} of '${name}' says`, 'an EnvoyProxy has no field for it', 'leave it out');
  }
}
