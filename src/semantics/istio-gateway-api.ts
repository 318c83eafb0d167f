import { IstioVersion } from './istio-version';

/** The release of the Gateway API that each release of Istio was built with, as its go.mod and installation guide say. */
const GATEWAY_API: { readonly [release in IstioVersion]: string } = {
  [IstioVersion.V1_20]: '1.0',
  [IstioVersion.V1_21]: '1.0',
  [IstioVersion.V1_22]: '1.1',
  [IstioVersion.V1_23]: '1.1',
  [IstioVersion.V1_24]: '1.2',
  [IstioVersion.V1_25]: '1.2',
  [IstioVersion.V1_26]: '1.3',
  [IstioVersion.V1_27]: '1.3',
  [IstioVersion.V1_28]: '1.4',
  [IstioVersion.V1_29]: '1.4',
  [IstioVersion.V1_30]: '1.5',
  [IstioVersion.V1_31]: '1.6',
};

/** The newest release of the Gateway API whose fields a release of Istio reads. */
export function gatewayApiOfIstio(release: IstioVersion): string {
  return GATEWAY_API[release];
}
