import { Construct } from 'constructs';
import { GatewayBody, GatewayBodyProps } from './gateway-body';
import { GatewayHost } from './gateway-host';
import { patternLabels } from './pattern-labels';
import { proxyServiceAccount } from './provisioned-proxy';
import { Gateway } from '../gateway-api/gateway';
import { IGatewayClass } from '../gateway-api/gateway-class';
import { HttpRedirectScheme } from '../gateway-api/http-redirect';
import { HttpRoute } from '../gateway-api/http-route';
import { HttpRouteFilter } from '../gateway-api/http-route-filter';
import { Listener } from '../gateway-api/listener';
import { HostListenerOptions } from '../gateway-api/listener-options';
import { LocalObjectReference } from '../gateway-api/local-object-reference';
import { RouteNamespaces } from '../gateway-api/route-namespaces';
import { RouteParent } from '../gateway-api/route-parent';
import { PolicyTarget } from '../istio/policy-target';
import { GatewayController } from '../semantics/gateway-controller';
import { ENROLMENT_LABELS } from '../semantics/keys';
import { checkDnsLabel, hostSlug } from '../semantics/names';

interface ProvisionedGatewayProps extends GatewayBodyProps {
  readonly gatewayClass: IGatewayClass;
  readonly revision?: string;
  readonly serviceAccount?: string;
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
  readonly parameters?: LocalObjectReference;
}

/** A gateway whose proxy a controller provisions from a Gateway. */
export class ProvisionedGateway implements GatewayBody {
  public readonly gateway: Gateway;
  public readonly serviceAccountName?: string;
  public readonly policyScope?: { readonly targets: PolicyTarget[] };

  private redirect?: HttpRoute;

  constructor(private readonly scope: Construct, private readonly props: ProvisionedGatewayProps) {
    const { gatewayClass, labels, name, minTlsVersion } = props;
    if (minTlsVersion !== undefined) {
      throw new Error(`minTlsVersion of gateway '${name}' cannot be set for gateway class '${gatewayClass.name}', got ${minTlsVersion}: ` +
        'Gateway API has no field for it; use GatewayForm.selfManaged(), or the policy of the class');
    }
    const taken = Object.keys(labels ?? {}).find(key => ENROLMENT_LABELS.includes(key));
    if (taken !== undefined) {
      throw new Error(`labels of gateway '${name}' must leave '${taken}' alone, got '${labels![taken]}': the mesh says how the gateway joins it`);
    }
    const usual = proxyServiceAccount(name, gatewayClass);
    if (usual !== undefined) {
      checkDnsLabel(usual, 'name of the gateway with that of its class');
    }
    this.serviceAccountName = props.serviceAccount ?? usual;
    this.gateway = this.makeGateway();
    // Proxies of other controllers take what arrives from outside past their sidecar.
    this.policyScope = gatewayClass.controller?.name === GatewayController.ISTIO.name ? { targets: [PolicyTarget.gateway(this.gateway)] } : undefined;
  }

  public addHost({ hostname, certificates }: GatewayHost): void {
    const { admits } = this.props;
    const routes = admits.length > 0 ? RouteNamespaces.named(...admits) : RouteNamespaces.same();
    if (certificates.length === 0) {
      this.listen(Listener.http, 'http', { hostname, routes });
      return;
    }
    this.listen(options => Listener.https({ ...options, certificates }), 'https', { hostname, routes });
    if (this.props.redirect) {
      const listener = this.listen(Listener.http, 'http', { hostname, routes: RouteNamespaces.same() });
      this.redirectFrom(listener);
    }
  }

  /** The first listener of a protocol is named after it, others after their hosts too, so that a new host renames nothing. */
  private listen(make: (options: HostListenerOptions) => Listener, protocol: string, options: HostListenerOptions): string {
    const first = !this.gateway.listeners!.some(listener => listener.name === protocol);
    const name = first ? protocol : `${protocol}-${hostSlug(options.hostname!)}`;
    this.gateway.addListener(make({ ...options, name }));
    return name;
  }

  private redirectFrom(listener: string): void {
    const { name, namespace } = this.props;
    this.redirect ??= new HttpRoute(this.scope, 'Redirect', {
      metadata: { name: `${name}-redirect`, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
      rules: [{ filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, statusCode: 301 })] }],
    });
    this.redirect.addParent(RouteParent.gateway(this.gateway, { listener }));
  }

  private makeGateway(): Gateway {
    const { name, namespace, gatewayClass, labels, annotations, parameters } = this.props;
    const enrolment = namespace.mesh._enrolProvisionedGateway(gatewayClass, this.props);
    const asked = enrolment.infrastructure ?? labels ?? annotations ?? parameters;
    return new Gateway(this.scope, 'Gateway', {
      metadata: { name, namespace: namespace.name, labels: { ...patternLabels('meshed-gateway', name), ...enrolment.gateway.labels } },
      gatewayClass,
      infrastructure: asked && {
        // Once anything is said here, the Gateway's own labels are no longer copied.
        labels: { ...labels, ...enrolment.gateway.labels, ...enrolment.infrastructure?.labels },
        annotations: { ...annotations, ...enrolment.infrastructure?.annotations },
        parameters,
      },
    });
  }
}
