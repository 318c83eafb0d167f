import { formatOf } from '../../schema/format';
import { parseTimestamp } from '../formats';
import { fn, method, Overload } from '../overload';
import { listOf, opaque, optionalOf, STRING } from '../type';
import { Opaque, Optional } from '../value';
import { urlProblem } from './url';

const FORMAT = opaque('kubernetes.NamedFormat');

/** A format of Kubernetes, which says what is wrong with a text. */
class NamedFormat extends Opaque {
  public readonly type = FORMAT;

  constructor(private readonly name: string, public readonly problems: (text: string) => string[]) {
    super();
  }

  public equals(other: NamedFormat): boolean {
    return this.name === other.name;
  }
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const INNER = 'and must start and end with an alphanumeric character';
const KEY_RULE = `must consist of alphanumeric characters, '-', '_' or '.', ${INNER}`;

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(text);
}

function unfit(rule: string, pattern: string, ...examples: string[]): string {
  return `${rule} (e.g. ${examples.map(example => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`;
}

/** Lengths are counted in bytes here. */
function tooLong(text: string, max: number): string[] {
  return Buffer.byteLength(text) > max ? [`must be no more than ${max} characters`] : [];
}

function label(text: string): string[] {
  const rule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${INNER}`;
  const problem = matches(SUBDOMAIN, text) ? 'must not contain dots' : unfit(rule, LABEL, 'my-name', '123-abc');
  return [...tooLong(text, 63), ...matches(LABEL, text) ? [] : [problem]];
}

function subdomain(text: string): string[] {
  const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${INNER}`;
  return [...tooLong(text, 253), ...matches(SUBDOMAIN, text) ? [] : [unfit(rule, SUBDOMAIN, 'example.com')]];
}

function label1035(text: string): string[] {
  const rule = 'a DNS-1035 label must consist of lower case alphanumeric characters or \'-\', start with an alphabetic character, '
    + 'and end with an alphanumeric character';
  return [...tooLong(text, 63), ...matches(LABEL_1035, text) ? [] : [unfit(rule, LABEL_1035, 'my-name', 'abc-123')]];
}

function qualifiedName(text: string): string[] {
  const parts = text.split('/');
  const rule = unfit(KEY_RULE, KEY, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) {
    return [`a valid label key ${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const name = parts[parts.length - 1];
  const prefix = parts.length < 2 ? [] : parts[0] === '' ? ['must be non-empty'] : subdomain(parts[0]);
  return [
    ...prefix.map(problem => `prefix part ${problem}`),
    ...(name === '' ? ['must be non-empty'] : tooLong(name, 63)).map(problem => `name part ${problem}`),
    ...matches(KEY, name) ? [] : [`name part ${rule}`],
  ];
}

function labelValue(text: string): string[] {
  const rule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${INNER}`;
  return [...tooLong(text, 63), ...matches(`(${KEY})?`, text) ? [] : [unfit(rule, `(${KEY})?`, 'MyValue', 'my_value', '12345')]];
}

/** A prefix may end in a dash: more follows. The letter before goes as well, as it does in Kubernetes. */
function prefixed(problems: (text: string) => string[]): (text: string) => string[] {
  return text => problems(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

function unless(is: (text: string) => boolean, message: string): (text: string) => string[] {
  return text => is(text) ? [] : [message];
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

const FORMATS = Object.entries({
  dns1123Label: label,
  dns1123Subdomain: subdomain,
  dns1035Label: label1035,
  qualifiedName,
  dns1123LabelPrefix: prefixed(label),
  dns1123SubdomainPrefix: prefixed(subdomain),
  dns1035LabelPrefix: prefixed(label1035),
  labelValue,
  uri: (text: string) => [urlProblem(text)].filter(found => found !== undefined),
  uuid: unless(text => UUID.test(text), 'does not match the UUID format'),
  byte: unless(text => formatOf('byte')!.test(text), 'invalid base64'),
  date: unless(text => /^\d{4}-\d\d-\d\d$/.test(text) && parseTimestamp(`${text}T00:00:00Z`) !== undefined, 'invalid date'),
  datetime: unless(text => formatOf('date-time')!.test(text), 'invalid datetime'),
}).map(([name, problems]) => [name, new NamedFormat(name, problems)] as const);

const BY_NAME = new Map(FORMATS);

function validate(format: NamedFormat, text: string): Optional {
  const problems = format.problems(text);
  return problems.length === 0 ? Optional.NONE : Optional.of(problems);
}

function named(name: string): Optional {
  const format = BY_NAME.get(name);
  return format ? Optional.of(format) : Optional.NONE;
}

export const NAMED_FORMATS: readonly Overload[] = [
  ...FORMATS.map(([name, format]) => fn(`format.${name}`, [], FORMAT, () => format)),
  fn('format.named', [STRING], optionalOf(FORMAT), named),
  method('validate', [FORMAT, STRING], optionalOf(listOf(STRING)), validate),
];
