import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { BackendConfig, IBackend } from './backend';
import { GatewayApi } from './gateway-api';
import { NamespacedConstruct } from './gateway-api-construct';
import { bringGrant } from './granted-reference';
import { XBackendEndpoints } from './x-backend-endpoints';
import { XBackendTls } from './x-backend-tls';
import type { XBackendSpec } from '../imports/gateway.networking.x-k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';
import { checkPort } from '../semantics/port';

/** What an XBackend speaks. */
export enum XBackendProtocol {
  /** Bytes. */
  TCP = 'TCP',
  /** HTTP of any version. */
  HTTP = 'HTTP',
  /** HTTP/2 in TLS. */
  HTTP2 = 'HTTP2',
  /** HTTP/1.1. */
  HTTP11 = 'HTTP11',
  /** HTTP/2 without TLS. */
  H2C = 'H2C',
  /** Model Context Protocol. */
  MCP = 'MCP',
  /** GRPC. */
  GRPC = 'GRPC',
  /** WebSocket in TLS. */
  WSS = 'WSS',
}

/** Properties of an XBackend. */
export interface XBackendProps extends ResourceProps {
  /** What is behind it: a host outside the cluster, or pods. */
  readonly endpoints: XBackendEndpoints;

  /** The port of the host or of the pods, 1 to 65535. */
  readonly port: number;

  /**
   * What it speaks.
   *
   * @default - the implementation finds out
   */
  readonly protocol?: XBackendProtocol;

  /**
   * Whether gateways speak TLS to it.
   *
   * @default XBackendTls.none()
   */
  readonly tls?: XBackendTls;
}

/** What is known of an XBackend that is in the cluster already. */
export interface FromXBackendNameOptions {
  /**
   * The namespace of the XBackend.
   *
   * @default - that of the route
   */
  readonly namespace?: string;

  /**
   * Whether the owner of the XBackend permits the reference already.
   *
   * @default false: a reference from another namespace brings a ReferenceGrant
   */
  readonly granted?: boolean;
}

/** An XBackend: one of this app, or one that is in the cluster already. */
export interface IXBackend extends IBackend {
  /** The name of the XBackend. */
  readonly name: string;

  /**
   * The namespace of the XBackend.
   *
   * @default - that of the route
   */
  readonly namespace?: string;
}

const GROUP = 'gateway.networking.x-k8s.io';
const KIND = 'XBackend';

/** With these it is not open whether there is TLS. */
const TLS_PROTOCOLS = [XBackendProtocol.HTTP2, XBackendProtocol.WSS];

/**
 * A backend of routes that is more than a Service: a host outside the cluster, or pods by label, with its protocol and TLS.
 *
 * It is part of the experimental channel.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-4894/
 */
export class XBackend extends NamespacedConstruct implements IXBackend {
  /**
   * An XBackend that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromXBackendName(name: string, options: FromXBackendNameOptions = {}): IXBackend {
    const { namespace, granted } = options;
    return { ...checkNamed(KIND, { name, namespace }), bind: () => ({ group: GROUP, kind: KIND, name, namespace, granted }) };
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'xbackends';

  private readonly spec: Manifest<XBackendSpec>;

  /**
   * @throws when the port is none, the protocol and TLS contradict each other, a CA certificate is in another namespace, or the channel lacks the kind
   */
  constructor(scope: Construct, id: string, props: XBackendProps) {
    super(scope, id, KIND, props.metadata);
    this.spec = within(`XBackend '${this.name}'`, () => ({
      ...props.endpoints._toKube(),
      port: { number: checkPort(props.port) },
      protocol: props.protocol,
      tls: checkTls(props)?._toKube(this.namespace),
    }));
    GatewayApi._of(this)._check(this, '', this.spec);
    const clientCertificate = props.tls?._clientCertificate;
    if (clientCertificate !== undefined) {
      bringGrant(this, clientCertificate._reference);
    }
  }

  /** Says how a route refers to it. */
  public bind(_scope: Construct): BackendConfig {
    return { group: GROUP, kind: KIND, name: this.name, namespace: this.namespace };
  }

  /** @internal */
  public _toKube(): Manifest<XBackendSpec> {
    return this.spec;
  }
}

function checkTls({ protocol, tls }: XBackendProps): XBackendTls | undefined {
  if (protocol === XBackendProtocol.H2C && tls?._enabled) {
    throw new Error('protocol H2C has no TLS, got tls: use XBackendProtocol.HTTP2, or leave tls out');
  }
  if (protocol !== undefined && TLS_PROTOCOLS.includes(protocol) && !tls?._enabled) {
    throw new Error(`protocol ${protocol} needs TLS, got none: pass XBackendTls.serverOnly` +
      `${protocol === XBackendProtocol.HTTP2 ? ', or use XBackendProtocol.H2C' : ''}`);
  }
  return tls;
}
