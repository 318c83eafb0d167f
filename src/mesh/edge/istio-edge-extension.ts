import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { addEdgeFilter, EdgeFilterPriority } from './istio-edge-filter';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { hasRelease } from './istio-edge-release';
import { TrafficExtension } from '../../istio/traffic-extension';
import { TrafficExtensionFilter } from '../../istio/traffic-extension-filter';
import { WasmPlugin } from '../../istio/wasm-plugin';
import { IstioVersion } from '../../semantics/istio-version';
import { patternLabels } from '../pattern-labels';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua';

/** Filters of one's own, of which those that are said first run first. */
export class IstioEdgeExtensions {
  private count = 0;
  private hasLua = false;

  constructor(private readonly gateway: IstioEdgeGateway) {}

  public add(scope: EdgeScope, filter: TrafficExtensionFilter): void {
    const { policyScope, name, namespace } = this.gateway;
    const metadata = { name: scope.name, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) };
    // Those without a priority run last, whatever the others have.
    const placed = { metadata, ...policyScope, priority: 0 - this.count };
    if (hasRelease(this.gateway, IstioVersion.V1_30)) {
      new TrafficExtension(this.gateway.scope, scope.id, { ...placed, filter });
    } else if (filter._wasm !== undefined) {
      if (this.hasLua) {
        cannotEnforce(name, 'run a Wasm module after Lua', 'proxies of Istio before 1.30 run it before', 'extend it by the Wasm module first');
      }
      new WasmPlugin(this.gateway.scope, scope.id, { ...placed, ...filter._wasm });
    } else {
      this.hasLua = true;
      addEdgeFilter(this.gateway, scope, EdgeFilterPriority.EXTENSION + this.count, {
        '@type': TYPE, 'default_source_code': { inline_string: filter._lua },
      });
    }
    this.count += 1;
  }
}
