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

/** Refuses conditions on the client's pod where there are no sidecars: Istio would compare them with the pod of the gateway. */
export function checkSources(match: { readonly sourceLabels?: unknown; readonly sourceNamespace?: string }, gateways: string[] | undefined): void {
  const { sourceLabels, sourceNamespace } = match;
  if ((sourceLabels !== undefined || sourceNamespace !== undefined) && gateways && !gateways.includes('mesh')) {
    throw new Error(`${sourceLabels === undefined ? 'sourceNamespace' : 'sourceLabels'} of a match is about sidecars, but the VirtualService is for ` +
      `${gateways.join(', ')} only: leave it out, or write a VirtualService for the mesh`);
  }
}
