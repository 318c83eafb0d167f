import { AuthorizationSource } from '../../istio/authorization-rule';
import { ClientAddress } from '../gateway/client-address';

/** Lists of addresses of clients. */
export interface AddressLists {
  readonly allowed?: string[];
  readonly denied?: string[];
}

/** Whom a policy denies that keeps to lists of addresses. */
export function deniedSources(what: string, { _field }: ClientAddress, { allowed, denied }: AddressLists): AuthorizationSource[] {
  if ((allowed ?? denied) === undefined) {
    throw new Error(`${what} needs allowed or denied, got none: pass at least one address or block`);
  }
  const peer = _field === 'ipBlocks';
  const sources: AuthorizationSource[] = [];
  if (denied !== undefined) {
    sources.push(peer ? { ipBlocks: denied } : { remoteIpBlocks: denied });
  }
  if (allowed !== undefined) {
    sources.push(peer ? { notIpBlocks: allowed } : { notRemoteIpBlocks: allowed });
  }
  return sources;
}
