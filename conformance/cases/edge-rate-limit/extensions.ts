import { Chart } from 'cdk8s';
import { EveryForm } from './every-form';
import { IstioVersion, RateLimitKey, RateLimitUnit, TrafficExtensionFilter, WasmModule } from 'cdk8s-mesh';

const add = (header: string, value: string) => TrafficExtensionFilter.lua(`
function envoy_on_request(handle)
  handle:headers():add("${header}", "${value}")
end
function envoy_on_response(handle)
  handle:headers():add("x-lua", "was here")
end
`);

/** Filters of one's own, in their order, and with a limit that is said before them and reads what they write. */
export function extensions(chart: Chart): void {
  const forms = new EveryForm(chart);
  forms.make('lua', edge => edge
    .limitRate({ limits: [{ requests: 2, per: RateLimitUnit.DAY, each: RateLimitKey.header('x-tenant') }] })
    .extend(add('x-said', 'first'))
    .extend(add('x-said', 'second'))
    .extend(add('x-tenant', 'made by Lua')));
}

/** A module that proxies fetch. */
export function modules(chart: Chart): void {
  new EveryForm(chart).make('wasm', edge => edge
    .extend(TrafficExtensionFilter.wasm({ module: WasmModule.oci('registry.example.com/check-header:1.2.0') }))
    .extend(add('x-said', 'after the module')));
}

/** Lua in a mesh of a release that has no object for it. */
export function olderExtensions(chart: Chart): void {
  new EveryForm(chart, { version: IstioVersion.V1_29 }).make('older', edge => edge
    .limitRate({ limits: [{ requests: 2, per: RateLimitUnit.DAY, each: RateLimitKey.header('x-tenant') }] })
    .extend(add('x-said', 'first'))
    .extend(add('x-said', 'second'))
    .extend(add('x-tenant', 'made by Lua')));
}
