import { ConfigMap, Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';

/** The objects of a MeshedGateway that is an nginx. */
export interface NginxObjects {
  /** The Deployment, of which nginx is the only container; the mesh adds its own. */
  readonly deployment: Deployment;

  /** The Service; the first one, where there are several. */
  readonly service: Service;

  /** nginx.conf. */
  readonly configMap: ConfigMap;

  /** The identity of the gateway. */
  readonly serviceAccount: ServiceAccount;
}
