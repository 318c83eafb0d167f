import { masked } from '../../metadata/object-names';
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

const INNER = 'and must start and end with an alphanumeric character';

/** A form that a whole text must have, compiled once, and what Kubernetes says of texts without it. */
class Form {
  private readonly whole: RegExp;
  private readonly examples: readonly string[];

  constructor(readonly source: string, private readonly rule: string, ...examples: string[]) {
    this.whole = new RegExp(`^(?:${source})$`);
    this.examples = examples;
  }

  matches(text: string): boolean {
    return this.whole.test(text);
  }

  /** The message, which is made only for a text that has not the form. */
  unfit(): string {
    return `${this.rule} (e.g. ${this.examples.map(example => `'${example}', `).join(' or ')}regex used for validation is '${this.source}')`;
  }
}

const LABEL = new Form('[a-z0-9]([-a-z0-9]*[a-z0-9])?',
  `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${INNER}`, 'my-name', '123-abc');
const SUBDOMAIN = new Form(`${LABEL.source}(\\.${LABEL.source})*`,
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${INNER}`, 'example.com');
const LABEL_1035 = new Form('[a-z]([-a-z0-9]*[a-z0-9])?',
  'a DNS-1035 label must consist of lower case alphanumeric characters or \'-\', start with an alphabetic character, '
    + 'and end with an alphanumeric character', 'my-name', 'abc-123');
const KEY = new Form('([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]',
  `must consist of alphanumeric characters, '-', '_' or '.', ${INNER}`, 'MyName', 'my.name', '123-abc');
const LABEL_VALUE = new Form(`(${KEY.source})?`,
  `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${INNER}`, 'MyValue', 'my_value', '12345');

/** Lengths are counted in bytes here. */
function tooLong(text: string, max: number): string[] {
  return Buffer.byteLength(text) > max ? [`must be no more than ${max} characters`] : [];
}

function label(text: string): string[] {
  return [...tooLong(text, 63), ...LABEL.matches(text) ? [] : [SUBDOMAIN.matches(text) ? 'must not contain dots' : LABEL.unfit()]];
}

function subdomain(text: string): string[] {
  return [...tooLong(text, 253), ...SUBDOMAIN.matches(text) ? [] : [SUBDOMAIN.unfit()]];
}

function label1035(text: string): string[] {
  return [...tooLong(text, 63), ...LABEL_1035.matches(text) ? [] : [LABEL_1035.unfit()]];
}

function qualifiedName(text: string): string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return [`a valid label key ${KEY.unfit()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const name = parts[parts.length - 1];
  const prefix = parts.length < 2 ? [] : parts[0] === '' ? ['must be non-empty'] : subdomain(parts[0]);
  return [
    ...prefix.map(problem => `prefix part ${problem}`),
    ...(name === '' ? ['must be non-empty'] : tooLong(name, 63)).map(problem => `name part ${problem}`),
    ...KEY.matches(name) ? [] : [`name part ${KEY.unfit()}`],
  ];
}

function labelValue(text: string): string[] {
  return [...tooLong(text, 63), ...LABEL_VALUE.matches(text) ? [] : [LABEL_VALUE.unfit()]];
}

/** A prefix may end in a dash: more follows. */
function prefixed(problems: (text: string) => string[]): (text: string) => string[] {
  return text => problems(masked(text));
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
