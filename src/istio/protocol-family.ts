import { IstioProtocol } from './istio-protocol';

/** By what Istio tells hosts apart: the Host header, the server name of TLS, or nothing but the address. */
export type ProtocolFamily = 'HTTP' | 'TLS' | 'TCP';

const HTTP = [IstioProtocol.HTTP, IstioProtocol.HTTP2, IstioProtocol.GRPC, IstioProtocol.GRPC_WEB];
const TLS = [IstioProtocol.HTTPS, IstioProtocol.TLS];

/** The family of a protocol. */
export function protocolFamily(protocol: IstioProtocol): ProtocolFamily {
  return HTTP.includes(protocol) ? 'HTTP' : TLS.includes(protocol) ? 'TLS' : 'TCP';
}
