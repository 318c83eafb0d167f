import { Construct } from 'constructs';
import { ClientAddress } from './client-address';
import { GatewayBodyProps } from './gateway-body';
import { ExternalTrafficPolicy, GatewayExposure } from './gateway-exposure';
import { autoscalerMetrics, checkProxyOptions, placementSpec, resourcesManifest } from './gateway-proxy-manifest';
import { ProvisionedGatewayOptions } from './provisioned-gateway-options';
import { ControllerSettings } from './provisioned-settings';
import { ClientTraffic, ClientTrafficPolicy } from '../../envoy-gateway/client-traffic-policy';
import { AccessLogSetting, EnvoyProxy, FilterPosition } from '../../envoy-gateway/envoy-proxy';
import { checkVersions } from '../../istio/server-tls-checks';
import { TlsVersion } from '../../istio/tls-version';
import { EnvoyGatewayPolicies } from '../edge/envoy-gateway-policies';
import { cannotEnforce } from '../edge/gateway-edge-enforcement';
import { given, laidOver } from '../given-fields';
import { patternLabels } from '../pattern-labels';

/** The names that Envoy Gateway gives to versions. */
const VERSIONS: { [version in TlsVersion]: '1.0' | '1.1' | '1.2' | '1.3' | 'Auto' } = {
  [TlsVersion.TLS_AUTO]: 'Auto', [TlsVersion.V1_0]: '1.0', [TlsVersion.V1_1]: '1.1', [TlsVersion.V1_2]: '1.2', [TlsVersion.V1_3]: '1.3',
};

/**
 * What Envoy Gateway is told of a gateway: an EnvoyProxy, by which it sends to the addresses of Services, so that the mesh sees which Service is meant; and what
 * is said of clients.
 */
export class ProvisionedByEnvoyGateway {
  public readonly settings: ControllerSettings;
  /** What is said of clients. */
  public readonly clientTraffic: EnvoyGatewayPolicies<ClientTraffic>;

  private readonly logged: AccessLogSetting[] = [];
  private readonly positions: FilterPosition[] = [];

  constructor(scope: Construct, private readonly props: GatewayBodyProps, private readonly options: ProvisionedGatewayOptions) {
    const { name, namespace } = props;
    refuseIstioOnly(name, options);
    this.clientTraffic = new EnvoyGatewayPolicies(ClientTrafficPolicy, { scope, name, namespace });
    const traffic = clientTraffic(props);
    if (traffic !== undefined) {
      this.clientTraffic.say(traffic);
    }
    const kubernetes = envoyKubernetes(props, options);
    if (options.parameters !== undefined) {
      if (kubernetes ?? options.envoyProxy) {
        throw new Error(`parameters of gateway '${name}' must hold all settings, got ${options.parameters.kind} '${options.parameters.name}' beside options ` +
          'that need an EnvoyProxy: write them there with routingType: Service, or leave parameters out');
      }
      this.settings = { parameters: options.parameters };
      return;
    }
    const { envoyProxy = {} } = options;
    const fixed = Object.entries({ routingType: 'Service' }).find(([field, value]) => envoyProxy[field] !== undefined && envoyProxy[field] !== value);
    if (fixed !== undefined) {
      throw new Error(`${fixed[0]} of the EnvoyProxy of gateway '${name}' must be ${fixed[1]}, got ${JSON.stringify(envoyProxy[fixed[0]])}: ` +
        'a proxy that chooses pods by itself goes past the mesh; leave it out');
    }
    const metadata = { name, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) };
    // Merged, it leaves the settings of the class as they are.
    const spec = { mergeType: 'StrategicMerge', routingType: 'Service', provider: kubernetes && { type: 'Kubernetes', kubernetes } };
    this.settings = { parameters: new EnvoyProxy(scope, 'EnvoyProxy', metadata, () => laidOver(this.withEdge(spec), envoyProxy)).parameters };
  }

  /** Has requests logged, in place of what the class does. */
  public logAccess(setting: AccessLogSetting): void {
    const { parameters, envoyProxy } = this.options;
    const { accessLog } = (envoyProxy?.telemetry ?? {}) as { readonly accessLog?: object };
    if (parameters !== undefined) {
      cannotEnforce(this.props.name, 'log access', `its settings are in ${parameters.kind} '${parameters.name}'`, 'say it there, in telemetry.accessLog');
    }
    if (accessLog !== undefined) {
      cannotEnforce(this.props.name, 'log access', 'telemetry.accessLog is in its envoyProxy already', 'say it there, or leave it out there');
    }
    this.logged.push(setting);
  }

  /** Moves filters, one after the other; parameters of the user's own say it themselves. */
  public orderFilters(...positions: FilterPosition[]): void {
    this.positions.push(...positions);
  }

  private withEdge(spec: object): object {
    return {
      ...spec,
      filterOrder: this.positions.length === 0 ? undefined : this.positions,
      telemetry: this.logged.length === 0 ? undefined : { accessLog: { settings: this.logged } },
    };
  }
}

function clientTraffic({ name, namespace, tls, clientAddress }: GatewayBodyProps): ClientTraffic | undefined {
  const { minVersion, maxVersion, cipherSuites, clientCertificates } = tls;
  checkVersions(minVersion, maxVersion, cipherSuites);
  if (minVersion === TlsVersion.V1_3 && cipherSuites !== undefined) {
    throw new Error(`cipherSuites of gateway '${name}' are for TLS up to 1.2, got them with minVersion ${minVersion}: leave one of both out`);
  }
  const spoken = { minVersion: minVersion && VERSIONS[minVersion], maxVersion: maxVersion && VERSIONS[maxVersion], ciphers: cipherSuites };
  const asked = clientCertificates && {
    clientValidation: {
      caCertificateRefs: [clientCertificates.authority._toKube(namespace.name)],
      mode: clientCertificates.mandatory ? 'RequireAndVerify' as const : 'VerifyIfGiven' as const,
    },
  };
  const told = asked !== undefined || Object.values(spoken).some(value => value !== undefined);
  if (!told && (clientAddress === undefined || clientAddress === ClientAddress.PEER)) {
    return undefined;
  }
  const hops = clientAddress?._trustedProxies;
  return {
    tls: told ? { ...spoken, ...asked } : undefined,
    proxyProtocol: clientAddress?._proxyProtocol ? {} : undefined,
    clientIPDetection: hops === undefined ? undefined : { xForwardedFor: { numTrustedHops: hops } },
  };
}

function envoyKubernetes(props: GatewayBodyProps, options: ProvisionedGatewayOptions): { [field: string]: unknown } | undefined {
  const { name } = props;
  const { minReplicas, maxReplicas, maxUnavailable, podLabels, podAnnotations, environment, resources } = options;
  const most = maxReplicas ?? Math.max(5, minReplicas ?? 0);
  const least = minReplicas ?? Math.min(2, most);
  checkProxyOptions(name, options, least, most);
  const pod = given({ labels: podLabels, annotations: podAnnotations, ...placementSpec(options, {}) });
  const container = given({
    env: environment && Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    resources: resources && resourcesManifest(resources),
  });
  return given({
    envoyDeployment: given({ pod, container }),
    envoyService: envoyService(props),
    envoyHpa: minReplicas ?? maxReplicas ? { minReplicas: least, maxReplicas: most, metrics: autoscalerMetrics(options) } : undefined,
    envoyPDB: maxUnavailable === undefined ? undefined : { maxUnavailable },
  });
}

function envoyService({ name, exposures, clientAddress }: GatewayBodyProps): { [field: string]: unknown } | undefined {
  const seesPeer = clientAddress === ClientAddress.PEER;
  if (exposures === undefined) {
    return seesPeer ? { externalTrafficPolicy: ExternalTrafficPolicy.LOCAL } : undefined;
  }
  const [{ exposure }, ...others] = GatewayExposure._named(name, exposures);
  const { sourceRanges, loadBalancerClass, loadBalancerIp, allocateNodePorts, nodePorts } = exposure._options;
  if (others.length > 0) {
    throw new Error(`exposures of gateway '${name}' cannot be several for Envoy Gateway, which makes one Service, got ${exposures.length}: ` +
      'make a MeshedGateway for each');
  }
  if (nodePorts !== undefined) {
    throw new Error(`nodePorts of gateway '${name}' cannot be told to Envoy Gateway, got ${JSON.stringify(nodePorts)}: leave them out`);
  }
  return given({
    type: exposure.type,
    annotations: Object.keys(exposure._annotations).length > 0 ? exposure._annotations : undefined,
    loadBalancerSourceRanges: sourceRanges,
    loadBalancerClass,
    loadBalancerIP: loadBalancerIp,
    allocateLoadBalancerNodePorts: allocateNodePorts,
    externalTrafficPolicy: exposure._trafficPolicy(`the Service of gateway '${name}'`, seesPeer),
  });
}

function refuseIstioOnly(name: string, options: ProvisionedGatewayOptions): void {
  const { patches, objectName, addressType, serviceAccountAnnotations, terminationGracePeriod } = options;
  const untold = Object.entries({ patches, objectName, addressType, serviceAccountAnnotations, terminationGracePeriod })
    .find(([, value]) => value !== undefined);
  if (untold !== undefined) {
    throw new Error(`${untold[0]} of gateway '${name}' is for gateways of Istio, got it for Envoy Gateway: pass envoyProxy`);
  }
}
