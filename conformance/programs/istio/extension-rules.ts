import { IstioRule } from './rule';
import { firsts, literalOf, fieldsOf, mapped, onlyOne, without } from '../coherence';

/** Selector or targets. */
const placed = (selector: string): IstioRule => (fields, { maybe }) => {
  const one = onlyOne(...maybe(50) ? [selector, 'targets'] : ['targets', selector])(fields);
  return mapped(one, 'targets', items => firsts(items, item => 'factory' in item ? item.factory.replace(/Name$/, '') : undefined));
};

/** A module with a checksum is never pulled again. */
const pulled: IstioRule = (fields, { maybe }) => onlyOne(...maybe(50) ? ['sha256', 'imagePullPolicy'] : ['imagePullPolicy', 'sha256'])(fields);

/** One entry says all of access logs, and one of metrics. */
const alone: IstioRule = fields => mapped(mapped(fields, 'accessLogging', items => items.slice(0, 1)), 'metrics', items => items.slice(0, 1));

const named = (name: string): IstioRule => fields => mapped(fields, name, items => firsts(items, item => literalOf(fieldsOf(item).name)));

export const EXTENSION_RULES: { readonly [struct: string]: IstioRule } = {
  EnvoyFilterProps: placed('workloadSelector'),
  ExtensionPlacementProps: placed('selector'),
  WasmPluginProps: placed('selector'),
  TrafficExtensionProps: placed('selector'),
  TelemetryProps: (fields, scene) => alone(placed('selector')(fields, scene), scene),
  TelemetryScopeProps: (fields, scene) => alone(fields, scene),
  WasmHttpOptions: pulled,
  WasmImageOptions: pulled,
  WasmOptions: named('env'),
  EnvoyClusterMatchOptions: fields => fields.name ? without(fields, 'portNumber', 'service', 'subset') : fields,
  MetricsOverrideOptions: fields => literalOf(fields.disabled) === true ? without(fields, 'tagOverrides') : fields,
};

export const EXTENSION_NEEDED: { readonly [struct: string]: readonly string[] } = {
  EnvoyFilterProps: ['configPatches'],
  TelemetryProps: ['accessLogging', 'metrics', 'tracing'],
  TelemetryScopeProps: ['accessLogging', 'metrics', 'tracing'],
  MetricsOverrideOptions: ['disabled', 'tagOverrides'],
  RequestAuthenticationProps: ['rules'],
};
