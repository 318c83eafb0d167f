import { Construct } from 'constructs';
import { ClientAddress } from './client-address';
import { GatewayBodyProps } from './gateway-body';
import { GatewayExposure } from './gateway-exposure';
import { checkProxyOptions } from './gateway-proxy-manifest';
import { GatewayService, unknownNodePorts } from './gateway-service';
import { istioGatewayParameters } from './istio-gateway-parameters';
import { istioFrontendTls, listenerTlsOptions } from './istio-listener-tls';
import { ProvisionedGatewayOptions } from './provisioned-gateway-options';
import { ControllerSettings } from './provisioned-settings';
import { IGatewayClass } from '../../gateway-api/gateway-class';
import { Listener } from '../../gateway-api/listener';
import { GatewayPodLabel, IstioGatewayAnnotation } from '../../semantics/keys';
import { checkDnsLabel, checkDnsSubdomain } from '../../semantics/names';
import { patternLabels } from '../pattern-labels';

const STATUS_PORT = 15021;

/** What Istio is told of a gateway that it provisions, and the Services that it does not make. */
export class ProvisionedByIstio {
  public readonly settings: ControllerSettings;

  private readonly services: GatewayService[];
  private ports: number[] = [];

  constructor(scope: Construct, props: GatewayBodyProps, gatewayClass: IGatewayClass, options: ProvisionedGatewayOptions) {
    const { name, namespace, exposures, clientAddress } = props;
    const { objectName, serviceAccount, addressType, envoyProxy } = options;
    if (envoyProxy !== undefined) {
      throw new Error(`envoyProxy of gateway '${name}' is for Envoy Gateway, got it for gateway class '${gatewayClass.name}': use patches`);
    }
    if (options.minReplicas !== undefined || options.maxReplicas !== undefined) {
      const { maxReplicas = Math.max(5, options.minReplicas!), minReplicas = Math.min(2, maxReplicas) } = options;
      checkProxyOptions(name, options, minReplicas, maxReplicas);
    }
    const made = checkDnsLabel(objectName ?? `${name}-${gatewayClass.name}`, 'name of what Istio makes for the gateway');
    const { mesh } = namespace;
    mesh._members.provisioned.push({
      namespace: namespace.name,
      gateway: name,
      deployment: made,
      revision: options.revision ?? mesh._istio?.revision,
      pinned: options.revision !== undefined,
    });
    const [first, ...others] = exposures === undefined ? [] : GatewayExposure._named(made, exposures);
    const seesPeer = clientAddress === ClientAddress.PEER;
    const policy = (first?.exposure ?? GatewayExposure.external())._trafficPolicy(`the Service of gateway '${name}'`, seesPeer);
    const parameters = istioGatewayParameters(scope, props, options, first?.exposure, policy);
    this.settings = {
      annotations: definedOnly({
        [IstioGatewayAnnotation.SERVICE_TYPE]: first?.exposure.type,
        [IstioGatewayAnnotation.NAME_OVERRIDE]: objectName,
        [IstioGatewayAnnotation.SERVICE_ACCOUNT]: serviceAccount && checkDnsSubdomain(serviceAccount, 'name of the service account'),
        [IstioGatewayAnnotation.ADDRESS_TYPE]: addressType,
      }),
      madeAnnotations: clientAddress && definedOnly(clientAddress._annotate(`annotations of gateway '${name}'`, options.annotations)),
      parameters,
      frontendTls: istioFrontendTls(props),
      listenerTlsOptions: listenerTlsOptions(props),
    };
    this.services = others.map(({ id, name: service, exposure }) => new GatewayService(scope, id, {
      gateway: name,
      metadata: { name: service, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
      selector: { [GatewayPodLabel.GATEWAY_NAME]: name },
      exposure,
      seesPeer,
    }));
    this.services.forEach(service => service.addPort(STATUS_PORT, 'status-port'));
    if (first !== undefined) {
      scope.node.addValidation({ validate: () => unknownNodePorts(name, first.exposure, [STATUS_PORT, ...this.ports]) });
    }
  }

  /** Opens in the Services what Istio opens in its own: a port for the listeners of it, named after the first. */
  public open(listeners: Listener[]): void {
    this.ports = listeners.map(({ port }) => port);
    listeners.forEach(({ name, port }) => this.services.forEach(service => service.addPort(port, name)));
  }
}

function definedOnly(annotations: { [key: string]: string | undefined }): { [key: string]: string } | undefined {
  const given = Object.entries(annotations).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
