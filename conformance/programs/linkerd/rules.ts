import { HOME } from './world';
import { fieldsOf, literalOf, Rule, uniqueBy } from '../coherence';
import { Fields, Value } from '../program';

/** What the parts of a struct must not say together, by the struct. */
const RULES: { readonly [struct: string]: Rule } = {
  LinkerdExternalWorkloadProps: uniqueBy('ports', item => literalOf(fieldsOf(item).port)),
  // The object has the name of its Service.
  LinkerdServiceProfileProps: fields => ({
    ...uniqueBy('routes', item => literalOf(fieldsOf(item).name))(uniqueBy('dstOverrides', item => literalOf(fieldsOf(item).authority))(fields)),
    metadata: { struct: 'cdk8s.ApiObjectMetadata', fields: { namespace: { literal: HOME } } },
  }),
  LinkerdProfiledServiceOptions: fields => ({ ...fields, namespace: { literal: HOME } }),
};

/** Structs that say nothing without one of these. */
const NEEDED: { readonly [struct: string]: readonly string[] } = { LinkerdHttpLocalRateLimitPolicyProps: ['total', 'identity', 'overrides'] };

/** The properties of which a struct needs one. */
export function neededOf(name: string): readonly string[] {
  return NEEDED[name] ?? [];
}

/** The fields of a struct, made to agree. */
export function coherent(name: string, fields: Fields): Fields {
  return RULES[name]?.(fields) ?? fields;
}

/** The arguments of a factory, made to agree with it. */
export function coherentArgs(factory: string, args: readonly Value[]): readonly Value[] {
  if (/\.LinkerdIdentities\.named$/.test(factory)) {
    const any = args.find(arg => literalOf(arg) === '*');
    return any === undefined ? args : [any];
  }
  return args;
}
