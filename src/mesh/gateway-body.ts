import { GatewayHost } from './gateway-host';
import { GatewayWorkload } from './gateway-workload';
import { IMeshNamespace } from './mesh-client';
import { Gateway } from '../gateway-api/gateway';
import { IIstioGateway } from '../istio/istio-gateway-reference';
import { PolicyTarget } from '../istio/policy-target';
import { TlsVersion } from '../istio/tls-version';
import { WorkloadSelector } from '../istio/workload-selector';

/** What a MeshedGateway tells the form that it takes. */
export interface GatewayBodyProps {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  /** The namespaces whose routes are admitted, by name. */
  readonly admits: string[];
  readonly redirect: boolean;
  readonly minTlsVersion?: TlsVersion;
}

/** A form of MeshedGateway: what is different between one that a controller provisions and one that is a Deployment of ours. */
export interface GatewayBody {
  /** The service account of the proxy, when it is known. */
  readonly serviceAccountName?: string;
  readonly gateway?: Gateway;
  readonly istioGateway?: IIstioGateway;
  readonly workload?: GatewayWorkload;
  /** How Istio's policies find the proxy; `undefined` when they do not bind what arrives there. */
  readonly policyScope?: { readonly selector?: WorkloadSelector; readonly targets?: PolicyTarget[] };

  addHost(host: GatewayHost): void;
}
