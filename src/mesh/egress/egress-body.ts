import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ExternalService } from './external-service';
import { Gateway } from '../../gateway-api/gateway';
import { IstioGateway } from '../../istio/istio-gateway';
import { GatewayWorkload } from '../gateway/gateway-workload';
import { IMeshClient, IMeshNamespace } from '../mesh-client';
import { IWaypoint } from '../waypoint/waypoint-reference';

/** Who may ask for what. */
export interface EgressRule {
  readonly clients?: IMeshClient[];
  readonly methods?: string[];
  readonly paths?: string[];
}

/** A service that was allowed, and what is made for it. */
export interface AllowedService {
  readonly service: ExternalService;
  readonly scope: Construct;
  /** Whether the gateway knows who calls. */
  readonly identified: boolean;
  /** Who may ask for what; grows. */
  readonly rules: EgressRule[];
}

/** What an EgressGateway tells the form that it takes. */
export interface EgressBodyProps {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  /** The namespaces of all clients, which grow. */
  readonly clientNamespaces: IMeshNamespace[];
  /** Whether who may call what has no list is who is in `clientNamespaces`; else it is everybody. */
  readonly clientsKnown: boolean;
  readonly metadata: (name: string, namespace?: string) => ApiObjectMetadata;
}

/** How much a form knows of who calls. */
export enum EgressIdentity {
  /** The identity of every client. */
  ALWAYS,
  /** That of clients whose way to the gateway is mTLS of the mesh. */
  CHOSEN,
  /** Nothing but the namespace in which a proxy runs. */
  NAMESPACE,
}

/** A form of EgressGateway. */
export interface EgressBody {
  readonly identity: EgressIdentity;
  readonly workload?: GatewayWorkload;
  readonly istioGateway?: IstioGateway;
  readonly gateway?: Gateway;
  readonly waypoint?: IWaypoint;
  /** The labels of the gateway's pods; `undefined` where clients go out by themselves. */
  readonly podLabels?: { [key: string]: string };
  /** The only port that clients connect to; `undefined` when that depends on what they call. */
  readonly entrance?: number;

  /** Refuses what the form cannot do. */
  check(service: ExternalService, rule: EgressRule): void;

  /** Makes the way to a service. */
  open(allowed: AllowedService): void;

  /** Lets those pass that one more rule is about, where no policy does it. */
  admit?(allowed: AllowedService, rule: EgressRule): void;

  /** Takes in one more namespace of clients. */
  welcome?(namespace: IMeshNamespace, allowed: readonly AllowedService[]): void;

  /** Makes the policies by which only those pass that may; called after each change. */
  authorize(allowed: readonly AllowedService[], closed: boolean): void;
}

/** Whether not everybody may ask for everything. */
export function isRestricted({ rules }: AllowedService): boolean {
  return rules.some(({ clients, methods, paths }) => (clients ?? methods ?? paths) !== undefined);
}
