import { GatewayBodyProps } from './gateway-body';
import { frontendTls } from './istio-listener-tls';
import { ProvisionedGatewayOptions } from './provisioned-gateway-options';
import { ControllerSettings } from './provisioned-settings';
import { IGatewayClass } from '../../gateway-api/gateway-class';

/** What a controller whose own settings are not known here can be told: what Gateway API has a field for. */
export function provisionedByOthers(props: GatewayBodyProps, gatewayClass: IGatewayClass, options: ProvisionedGatewayOptions): ControllerSettings {
  const { name, tls, exposures, clientAddress } = props;
  const { revision, linkerdIngressMode, serviceAccount, labels, annotations, parameters, ...untold } = options;
  const { minVersion, maxVersion, cipherSuites, clientCertificates } = tls;
  const optional = clientCertificates?.mandatory === false ? clientCertificates : undefined;
  const asked = { minVersion, maxVersion, cipherSuites, 'optional client certificates': optional, exposures, clientAddress, ...untold };
  const first = Object.entries(asked).find(([, value]) => value !== undefined);
  if (first !== undefined) {
    throw new Error(`${first[0]} of gateway '${name}' cannot be told to gateway class '${gatewayClass.name}': Gateway API has no field for it; ` +
      'say it in an object of the class and pass that as parameters, or use GatewayForm.selfManaged()');
  }
  return { parameters, frontendTls: frontendTls(tls) };
}
