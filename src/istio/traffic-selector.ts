import { WorkloadMode } from './workload-mode';
import type { TrafficExtensionSpecMatch } from '../imports/extensions.istio.io';
import { checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/**
 * Traffic for which an extension runs. All that is said must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/traffic-extension/#TrafficSelector
 */
export interface IstioTrafficSelector {
  /**
   * The side on which it runs.
   *
   * @default WorkloadMode.CLIENT_AND_SERVER
   */
  readonly mode?: WorkloadMode;

  /**
   * The ports for which it runs, each once, from 1 to 65535: of what is sent, those of Services; of what is received, those on which the workload listens.
   *
   * @default - every port
   */
  readonly ports?: number[];
}

/** @internal */
export function trafficSelectorToKube({ mode, ports }: IstioTrafficSelector): Manifest<TrafficExtensionSpecMatch> {
  if (ports?.length === 0) {
    throw new Error('ports of a traffic selector must not be empty: leave them out to mean every port');
  }
  checkUnique(ports ?? [], 'ports of a traffic selector');
  return { mode, ports: ports?.map(port => ({ number: checkPort(port, 'port of a traffic selector') })) };
}
