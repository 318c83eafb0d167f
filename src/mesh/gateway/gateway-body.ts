import { Service } from 'cdk8s-plus-28';
import { ClientAddress } from './client-address';
import { GatewayExposure } from './gateway-exposure';
import { GatewayHost } from './gateway-host';
import { GatewayPolicyScope } from './gateway-policy-scope';
import { GatewayTls } from './gateway-tls';
import { GatewayWorkload } from './gateway-workload';
import { Gateway } from '../../gateway-api/gateway';
import { IGatewayClass } from '../../gateway-api/gateway-class';
import { IIstioGateway } from '../../istio/istio-gateway-reference';
import { EdgeGateway, GatewayEdgeEnforcement } from '../edge/gateway-edge-enforcement';
import { IMeshNamespace } from '../mesh-client';
import { NginxRoute } from '../nginx/nginx-route';
import { NginxWorkload } from '../nginx/nginx-workload';

/** What a MeshedGateway tells the form that it takes. A form that cannot do what is asked throws in its constructor or in `addHost`. */
export interface GatewayBodyProps {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  /** The namespaces whose routes are admitted, by name. */
  readonly admits: string[];
  /** The namespaces whose ListenerSets are admitted, by name. */
  readonly admitsListeners: string[];
  readonly redirect: boolean;
  readonly tls: GatewayTls;
  /** How it learns the addresses of clients; `undefined` where nobody said. */
  readonly clientAddress?: ClientAddress;
  /** How it is reached; `undefined` where nobody said. */
  readonly exposures?: GatewayExposure[];
}

/** A form of MeshedGateway: what is different between one that a controller provisions, and those that are Deployments of ours. */
export interface GatewayBody {
  /** The service account of the proxy, when it is known. */
  readonly serviceAccountName?: string;
  /** The Gateway of Gateway API to which routes bind; `undefined` where VirtualServices bind to `istioGateway`, or nothing does. */
  readonly gateway?: Gateway;
  readonly istioGateway?: IIstioGateway;
  /** Its pods, where they are objects of ours whose proxy Istio injects. */
  readonly workload?: GatewayWorkload;
  /** The class, and with it the controller, of a provisioned one. */
  readonly gatewayClass?: IGatewayClass;
  /** How Istio's policies, and EnvoyFilters, find the proxy; `undefined` when they do not bind what arrives there. */
  readonly policyScope?: GatewayPolicyScope;
  /** Its pods, where nginx runs in them. */
  readonly nginx?: NginxWorkload;

  addHost(host: GatewayHost): void;

  /** How it enforces what is said at its edge; asked once. */
  edgeOf(gateway: EdgeGateway): GatewayEdgeEnforcement;

  /** Has the proxy send to the address of a Service; left out where it does so for all, or is the mesh's own. */
  sendsTo?(service: Service): void;
  /** Adds a route of nginx for a hostname that the host covers; only where there is `nginx`. */
  addRoute?(route: NginxRoute, host: GatewayHost): void;
}
