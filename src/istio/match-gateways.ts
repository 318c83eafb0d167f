import { IIstioGateway, VirtualServiceGateway } from './istio-gateway-reference';

/** Writes the gateways that a match is narrowed to: they must be some of its VirtualService's, as far as these are known. */
export function writeMatchGateways(gateways: IIstioGateway[] | undefined, known: string[] | undefined): string[] | undefined {
  return gateways?.map(gateway => {
    const written = VirtualServiceGateway._write(gateway);
    if (known && !known.includes(written)) {
      throw new Error(`gateway '${written}' of a match must be one of the VirtualService, which has ${known.join(', ')}: add it to gateways`);
    }
    return written;
  });
}
