import { EdgeAccessLogOptions } from './edge-access-log';
import { EdgeScope } from './edge-hosts';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { ExtensionProvider } from '../../istio/extension-provider';
import { Telemetry } from '../../istio/telemetry';
import { TelemetryAccessLogging } from '../../istio/telemetry-access-logging';
import { patternLabels } from '../pattern-labels';

/** Has istiod tell the proxies where logs go, in place of what it tells those of the namespace and the mesh. */
export function istioEdgeAccessLog(gateway: IstioEdgeGateway, { id, name }: EdgeScope, options: EdgeAccessLogOptions): void {
  const { provider = ExtensionProvider.ENVOY, filter } = options;
  new Telemetry(gateway.scope, id, {
    metadata: { name, namespace: gateway.namespace.name, labels: patternLabels('meshed-gateway', gateway.name) },
    ...gateway.policyScope,
    accessLogging: [TelemetryAccessLogging.to([provider], { filter })],
  });
}
