import { App, Chart } from 'cdk8s';
import { meshedGatewayController } from './01-meshed-gateway-controller';
import { meshedGatewayLinkerd } from './02-meshed-gateway-linkerd';
import { meshedGatewayNginxSelfManaged } from './03-meshed-gateway-nginx-self-managed';
import { headerCanaryIstio } from './04-header-canary-istio';
import { headerCanaryGatewayApi } from './05-header-canary-gateway-api';
import { gatewayDeploymentInPlace } from './06-gateway-deployment-in-place';
import { gatewayDeploymentCanary } from './07-gateway-deployment-canary';
import { istioGatewayMinTls } from './08-istio-gateway-min-tls';
import { namespaceEnrolment } from './09-namespace-enrolment';
import { gatewayClasses } from './10-gateway-classes';
import { roleSeparatedGateway } from './11-role-separated-gateway';
import { httpRouteFeatures } from './12-http-route-features';
import { l4Routes } from './13-l4-routes';
import { waypoint } from './14-waypoint';
import { egressTlsPassthroughIstio } from './15-egress-tls-passthrough-istio';
import { egressMtlsIdentityIstio } from './16-egress-mtls-identity-istio';
import { egressRegistryOnly } from './17-egress-registry-only';
import { egressAmbient } from './18-egress-ambient';
import { resilience } from './19-resilience';
import { zeroTrust } from './20-zero-trust';
import { jwt } from './21-jwt';
import { externalAuthorization } from './22-external-authorization';
import { ipLists } from './23-ip-lists';
import { monitoring } from './24-monitoring';
import { telemetry } from './25-telemetry';
import { multicluster } from './26-multicluster';
import { virtualMachine } from './27-virtual-machine';

/** A chart for each thing that a user wants, named after it. */
const TARGETS: { [name: string]: (chart: Chart) => void } = {
  '01-meshed-gateway-controller': meshedGatewayController,
  '02-meshed-gateway-linkerd': meshedGatewayLinkerd,
  '03-meshed-gateway-nginx-self-managed': meshedGatewayNginxSelfManaged,
  '04-header-canary-istio': headerCanaryIstio,
  '05-header-canary-gateway-api': headerCanaryGatewayApi,
  '06-gateway-deployment-in-place': gatewayDeploymentInPlace,
  '07-gateway-deployment-canary': gatewayDeploymentCanary,
  '08-istio-gateway-min-tls': istioGatewayMinTls,
  '09-namespace-enrolment': namespaceEnrolment,
  '10-gateway-classes': gatewayClasses,
  '11-role-separated-gateway': roleSeparatedGateway,
  '12-http-route-features': httpRouteFeatures,
  '13-l4-routes': l4Routes,
  '14-waypoint': waypoint,
  '15-egress-tls-passthrough-istio': egressTlsPassthroughIstio,
  '16-egress-mtls-identity-istio': egressMtlsIdentityIstio,
  '17-egress-registry-only': egressRegistryOnly,
  '18-egress-ambient': egressAmbient,
  '19-resilience': resilience,
  '20-zero-trust': zeroTrust,
  '21-jwt': jwt,
  '22-external-authorization': externalAuthorization,
  '23-ip-lists': ipLists,
  '24-monitoring': monitoring,
  '25-telemetry': telemetry,
  '26-multicluster': multicluster,
  '27-virtual-machine': virtualMachine,
};

export function makeTargets(app: App): Chart[] {
  return Object.entries(TARGETS).map(([name, make]) => {
    const chart = new Chart(app, name);
    make(chart);
    return chart;
  });
}
