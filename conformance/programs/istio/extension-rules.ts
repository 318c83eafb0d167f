import { IstioRule } from './rule';
import { firsts, literalOf, fieldsOf, mapped, onlyOne, without } from '../coherence';
import { Value } from '../program';

/** Selector or targets. */
const placed = (selector: string): IstioRule => (fields, { maybe }) => {
  const one = onlyOne(...maybe(50) ? [selector, 'targets'] : ['targets', selector])(fields);
  return mapped(one, 'targets', items => firsts(items, item => 'factory' in item ? item.factory.replace(/Name$/, '') : undefined));
};

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
  WasmHttpOptions: fields => fields.sha256 ? without(fields, 'imagePullPolicy') : fields,
  WasmImageOptions: fields => fields.sha256 ? without(fields, 'imagePullPolicy') : fields,
  WasmOptions: named('env'),
  EnvoyClusterMatchOptions: fields => fields.name ? without(fields, 'portNumber', 'service', 'subset') : fields,
  MetricsOverrideOptions: fields => literalOf(fields.disabled) === true ? without(fields, 'tagOverrides') : fields,
};

/** A route by which those before and after it are known. */
export const ROUTE: Value = {
  factory: 'cdk8s-mesh.EnvoyRouteMatch.any',
  args: [{
    struct: 'cdk8s-mesh.EnvoyRouteMatchOptions',
    fields: { vhost: { struct: 'cdk8s-mesh.EnvoyVirtualHostMatch', fields: { route: { struct: 'cdk8s-mesh.EnvoyHttpRouteMatch', fields: { name: { literal: 'first' } } } } } },
  }],
};

export const EXTENSION_NEEDED: { readonly [struct: string]: readonly string[] } = {
  EnvoyFilterProps: ['configPatches'],
  TelemetryProps: ['accessLogging', 'metrics', 'tracing'],
  TelemetryScopeProps: ['accessLogging', 'metrics', 'tracing'],
  MetricsOverrideOptions: ['disabled', 'tagOverrides'],
  RequestAuthenticationProps: ['rules'],
};
