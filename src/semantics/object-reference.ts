import { checkDnsLabel, checkDnsSubdomain } from './names';
import { checkPort } from './port';

const KIND = /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const MAX_KIND = 63;

/** What names an object; without a namespace it is in that of whoever refers to it. */
export interface ObjectReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

/** Refuses what can be no kind of object; `''` is the core group. */
export function checkGroupKind(group: string, kind: string, what: string): void {
  if (group !== '') {
    checkDnsSubdomain(group, `group of ${what}`);
  }
  if (kind.length > MAX_KIND || !KIND.test(kind)) {
    throw new Error(`kind of ${what} must be letters, digits and inner dashes, at most ${MAX_KIND} characters, got '${kind}'`);
  }
}

/** Refuses a reference that can name no object; `what` names the reference in the message. */
export function checkObjectReference<T extends ObjectReference>(reference: T, what: string): T {
  const { group, kind, name, namespace, port } = reference;
  checkGroupKind(group, kind, what);
  checkDnsSubdomain(name, `name of ${what}`);
  if (namespace !== undefined) {
    checkDnsLabel(namespace, `namespace of ${what}`);
  }
  if (port !== undefined) {
    checkPort(port, `port of ${what}`);
  }
  return reference;
}
