import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { BackendHosts } from './backend-hosts';
import { EnvoyGatewayBackendHosts } from './envoy-gateway-backend-hosts';
import { GatewayBody, GatewayBodyProps } from './gateway-body';
import { GatewayHost } from './gateway-host';
import { GatewayListeners } from './gateway-listeners';
import { GatewayPolicyScope } from './gateway-policy-scope';
import { ProvisionedByEnvoyGateway } from './provisioned-by-envoy-gateway';
import { ProvisionedByIstio } from './provisioned-by-istio';
import { provisionedByOthers } from './provisioned-by-others';
import { ProvisionedGatewayOptions } from './provisioned-gateway-options';
import { proxyServiceAccount } from './provisioned-proxy';
import { sendToServiceAddress } from './service-address';
import { Gateway } from '../../gateway-api/gateway';
import { IGatewayClass } from '../../gateway-api/gateway-class';
import { ListenerNamespaces } from '../../gateway-api/listener-namespaces';
import { rewriteRules } from '../../gateway-api/rule-rewrites';
import { PolicyTarget } from '../../istio/policy-target';
import { GatewayController } from '../../semantics/gateway-controller';
import { ENROLMENT_LABELS } from '../../semantics/key-lists';
import { checkDnsLabel } from '../../semantics/names';
import { EdgeOfOthers } from '../edge/edge-of-others';
import { EnvoyGatewayEdge } from '../edge/envoy-gateway-edge';
import { EdgeGateway, GatewayEdgeEnforcement } from '../edge/gateway-edge-enforcement';
import { IstioEdge } from '../edge/istio-edge';
import { requireDstOverride } from '../enrolment/linkerd-ingress-mode';
import { patternLabels } from '../pattern-labels';

/** A gateway whose proxy a controller provisions from a Gateway. */
export class ProvisionedGateway implements GatewayBody {
  public readonly gateway: Gateway;
  public readonly serviceAccountName?: string;
  public readonly policyScope?: GatewayPolicyScope;

  private readonly listeners: GatewayListeners;
  private readonly istio?: ProvisionedByIstio;
  private readonly envoyGateway?: ProvisionedByEnvoyGateway;

  constructor(
    scope: Construct, private readonly props: GatewayBodyProps, public readonly gatewayClass: IGatewayClass,
    private readonly options: ProvisionedGatewayOptions,
  ) {
    const { name } = props;
    this.checkLabels();
    const usual = proxyServiceAccount(name, gatewayClass);
    if (usual !== undefined) {
      checkDnsLabel(usual, 'name of the gateway with that of its class');
    }
    this.serviceAccountName = options.serviceAccount ?? usual;
    const controller = gatewayClass.controller?.name;
    // Asked first: it refuses classes that cannot join the mesh.
    const enrolment = props.namespace.mesh._enrolProvisionedGateway(gatewayClass, options);
    this.istio = controller === GatewayController.ISTIO.name ? new ProvisionedByIstio(scope, props, gatewayClass, options) : undefined;
    this.envoyGateway = controller === GatewayController.ENVOY_GATEWAY.name ? new ProvisionedByEnvoyGateway(scope, props, options) : undefined;
    const settings = this.istio?.settings ?? this.envoyGateway?.settings ?? provisionedByOthers(props, gatewayClass, options);
    const { labels, annotations } = options;
    const asked = enrolment.infrastructure ?? labels ?? annotations ?? settings.madeAnnotations ?? settings.parameters;
    this.gateway = new Gateway(scope, 'Gateway', {
      metadata: {
        name,
        namespace: props.namespace.name,
        labels: { ...patternLabels('meshed-gateway', name), ...enrolment.gateway.labels },
        annotations: settings.annotations,
      },
      gatewayClass,
      allowedListeners: props.admitsListeners.length > 0 ? ListenerNamespaces.named(...props.admitsListeners) : undefined,
      frontendTls: settings.frontendTls,
      infrastructure: asked && {
        // Once anything is said here, the Gateway's own labels are no longer copied.
        labels: { ...labels, ...enrolment.gateway.labels, ...enrolment.infrastructure?.labels },
        annotations: { ...annotations, ...settings.madeAnnotations, ...enrolment.infrastructure?.annotations },
        parameters: settings.parameters,
      },
    });
    if (options.linkerdIngressMode) {
      requireDstOverride(this.gateway);
    }
    if (enrolment.goesByHost) {
      const Hosts = controller === GatewayController.ENVOY_GATEWAY.name ? EnvoyGatewayBackendHosts : BackendHosts;
      rewriteRules(this.gateway, new Hosts(name, gatewayClass.name));
    }
    this.listeners = new GatewayListeners(scope, this.gateway, props, settings.listenerTlsOptions);
    // Proxies of other controllers take what arrives from outside past their sidecar.
    this.policyScope = this.istio && { targets: [PolicyTarget.gateway(this.gateway)] };
  }

  public addHost(host: GatewayHost): void {
    this.listeners.addHost(host);
    this.istio?.open(this.gateway.listeners!);
  }

  public edgeOf(gateway: EdgeGateway): GatewayEdgeEnforcement {
    if (this.policyScope !== undefined) {
      return new IstioEdge({ ...gateway, policyScope: this.policyScope });
    }
    return this.envoyGateway === undefined
      ? new EdgeOfOthers(gateway.name, this.gatewayClass)
      : new EnvoyGatewayEdge({ ...gateway, listeners: this.listeners, settings: this.envoyGateway });
  }

  public sendsTo(service: Service): void {
    if (this.gatewayClass.controller?.name === GatewayController.NGINX.name) {
      sendToServiceAddress(this.props.name, service);
    }
  }

  private checkLabels(): void {
    const taken = Object.keys(this.options.labels ?? {}).find(key => ENROLMENT_LABELS.includes(key));
    if (taken !== undefined) {
      throw new Error(`labels of gateway '${this.props.name}' must leave '${taken}' alone, got '${this.options.labels![taken]}': ` +
        'the mesh says how the gateway joins it');
    }
  }
}
