import { ClientAddress } from './client-address';
import { GatewayExposure } from './gateway-exposure';
import { GatewayForm } from './gateway-form';
import { GatewayHost } from './gateway-host';
import { GatewayTls } from './gateway-tls';
import { IMeshNamespace } from '../mesh-client';

/** Properties of a MeshedGateway. */
export interface MeshedGatewayProps {
  /** The namespace of the gateway, and with it the mesh. */
  readonly namespace: IMeshNamespace;

  /** Who runs its proxy. */
  readonly form: GatewayForm;

  /** The hosts that it serves, at least one. */
  readonly hosts: GatewayHost[];

  /**
   * The namespaces whose routes may bind to its hosts.
   *
   * @default - only its own
   */
  readonly admits?: IMeshNamespace[];

  /**
   * The namespaces whose ListenerSets may add listeners, on ports that hosts of the gateway open; only where it has a Gateway of Gateway API. What they serve is
   * theirs: their certificates, their TLS, the routes that they admit. Nothing at the edge of the gateway is said for their hosts, so that each verb names its own.
   *
   * @default - none
   */
  readonly admitsListeners?: IMeshNamespace[];

  /**
   * The name of the gateway and of what is made for it: it is what routes of others refer to.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;

  /**
   * Whether port 80 redirects to HTTPS. It never does anything else for a host with a certificate.
   *
   * @default true
   */
  readonly redirect?: boolean;

  /**
   * How TLS is spoken with clients.
   *
   * @default - TLS 1.2 and 1.3, without certificates of clients
   */
  readonly tls?: GatewayTls;

  /**
   * How the gateway is reached: a Service each, of which the first has the name that the form gives it.
   *
   * @default - GatewayExposure.external(); what the class does for a provisioned one
   */
  readonly exposures?: GatewayExposure[];

  /**
   * How the gateway learns the addresses of its clients.
   *
   * @default - it takes its peer for the client, whoever that is
   */
  readonly clientAddress?: ClientAddress;

  /**
   * Whether the gateway may run in the namespace of the control plane, where a takeover of it is one of the mesh.
   *
   * @default false
   */
  readonly besideControlPlane?: boolean;
}
