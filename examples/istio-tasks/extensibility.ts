import { Chart } from 'cdk8s';
import { ExtensionPhase, TrafficExtension, TrafficExtensionFilter, WasmModule, WorkloadSelector } from 'cdk8s-mesh';

const INGRESS_GATEWAY = WorkloadSelector.labels({ istio: 'ingressgateway' });

/** Istio fetches a module and brings it to the gateway, where it asks for a password. */
export function wasmModule(chart: Chart): void {
  new TrafficExtension(chart, 'BasicAuth', {
    metadata: { name: 'basic-auth', namespace: 'istio-system' },
    selector: INGRESS_GATEWAY,
    phase: ExtensionPhase.AUTHN,
    filter: TrafficExtensionFilter.wasm({
      module: WasmModule.oci('ghcr.io/istio-ecosystem/wasm-extensions/basic_auth:1.12.0'),
      pluginConfig: {
        basic_auth_rules: [
          { prefix: '/productpage', request_methods: ['GET', 'POST'], credentials: ['ok:test', 'YWRtaW4zOmFkbWluMw=='] },
        ],
      },
    }),
  });
}

const PARITY = `
function envoy_on_request(handle)
  local number = tonumber(handle:headers():get("x-number"))
  if number then
    handle:streamInfo():dynamicMetadata():set("envoy.filters.http.lua", "parity", number % 2 == 0 and "even" or "odd")
  end
end

function envoy_on_response(handle)
  local found = handle:streamInfo():dynamicMetadata():get("envoy.filters.http.lua")
  if found then
    handle:headers():add("x-parity", found["parity"])
  end
end
`;

/** The gateway answers whether the number in a header is odd. */
export function luaScript(chart: Chart): void {
  new TrafficExtension(chart, 'Parity', {
    metadata: { name: 'parity', namespace: 'istio-system' },
    selector: INGRESS_GATEWAY,
    phase: ExtensionPhase.AUTHN,
    filter: TrafficExtensionFilter.lua(PARITY),
  });
}
