import { Api } from './api';
import { GATEWAY_API } from './gateway-api/api';
import { ISTIO } from './istio/api';
import { LINKERD } from './linkerd/api';

/** The APIs for which programs are made. */
export const APIS: readonly Api[] = [GATEWAY_API, ISTIO, LINKERD];

export function apiNamed(name: string): Api {
  const found = APIS.find(api => api.name === name);
  if (found === undefined) {
    throw new Error(`no API is named ${name}: use ${APIS.map(api => api.name).join(' or ')}`);
  }
  return found;
}
