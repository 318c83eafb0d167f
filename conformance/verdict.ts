import { accepted, ApiError, ApiVerdict } from './apiserver';

/** A verdict of the API server in a form that can be kept, and compared with ours. */
export interface Verdict {
  /** Whether a definition serves the kind. */
  readonly served: boolean;
  /** Where the errors are, sorted; none for an object that is accepted. */
  readonly errors: readonly string[];
  /** The fields that are pruned, sorted. */
  readonly unknown: readonly string[];
  /** The decoder stopped at its first error, so that there may be more. */
  readonly undecodable?: true;
}

/** What a problem of our validator says, as far as the API server says it too. */
export interface Claim {
  readonly path: readonly (string | number)[];
  readonly rule: string;
}

/** `a[0].b` and `a[x.y]` as `a.0.b` and `a.x.y`: the API server writes the keys of a map in either way. */
function plain(path: string): string {
  return path.replace(/\[([^\]]*)\]/g, '.$1').replace(/^\./, '');
}

const sorted = (paths: string[]) => [...new Set(paths)].sort();

/** Where an error is: some of the schema have their path in the text only. */
function placeOf({ field, detail }: ApiError): string {
  const inText = /^"([^"]*)" must (?:not )?validate| in (\S+)$/.exec(detail);
  return plain(field === '<nil>' ? inText?.[1] ?? inText?.[2] ?? '' : field);
}

export function verdictOf(verdict: ApiVerdict): Verdict {
  return {
    served: verdict.known,
    errors: sorted(verdict.errors.map(placeOf)),
    unknown: sorted(verdict.unknown.map(plain)),
    ...verdict.errors.some(({ stage }) => stage === 'decode') ? { undecodable: true as const } : {},
  };
}

/** What our validator says, in the same form; a kind that it does not know it calls `unknown-kind`. */
export function verdictOfClaims(claims: readonly Claim[]): Verdict {
  const places = (wanted: (rule: string) => boolean) => sorted(claims.filter(({ rule }) => wanted(rule)).map(({ path }) => plain(path.join('.'))));
  return {
    served: !claims.some(({ rule }) => rule === 'unknown-kind'),
    errors: places(rule => rule !== 'unknown-field' && rule !== 'unknown-kind'),
    unknown: places(rule => rule === 'unknown-field'),
  };
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((item, i) => item === b[i]);

/** Whether both accept, or both reject, and whether both prune: what cannot be decoded at all is not pruned. */
export function agreeOnVerdict(engine: Verdict, ours: Verdict): boolean {
  return engine.served === ours.served
    && (engine.errors.length > 0) === (ours.errors.length > 0)
    && (engine.undecodable === true || (engine.unknown.length > 0) === (ours.unknown.length > 0));
}

/** Whether both name the same places. */
export function agreeOnPaths(engine: Verdict, ours: Verdict): boolean {
  if (engine.undecodable) {
    // It names the fields of a list without their index.
    return engine.errors.every(place => ours.errors.some(other => other === place || other.startsWith(`${place}.`) || place.startsWith(`${other}.`)));
  }
  return same(engine.errors, ours.errors) && same(engine.unknown, ours.unknown);
}

const WORDS: { readonly [type: string]: string } = {
  FieldValueInvalid: 'Invalid value',
  FieldValueTypeInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueRequired: 'Required value',
  FieldValueForbidden: 'Forbidden',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
};

/** An error as kubectl prints it. */
export function textOf({ field, type, badValue, detail }: ApiError): string {
  const value = badValue === undefined || /Required|Forbidden|TooLong|TooMany/.test(type) ? '' : `: ${JSON.stringify(badValue)}`;
  return `${field}: ${WORDS[type] ?? type}${value}: ${detail}`;
}

/** All that the API server says, in one line. */
export function sayingOf(verdict: ApiVerdict): string {
  if (!verdict.known) {
    return 'not served';
  }
  return accepted(verdict) ? 'accepted' : [...verdict.errors.map(textOf), ...verdict.unknown.map(path => `unknown field "${path}"`)].join('; ');
}
