import { isIPv6 } from 'node:net';
import { epochDays, isBase64 } from '../cel/formats';

/** A format that the API server enforces. */
export interface Format {
  /** What it is, with an example. */
  readonly about: string;
  test(value: string): boolean;
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? [];
  return day !== undefined && epochDays(Number(year), Number(month), Number(day)) !== undefined;
}

/** As Kubernetes takes it: any character may come before the fraction, and a second `t` ends the text. */
function isDateTime(text: string): boolean {
  const [date, time] = text.toLowerCase().split('t');
  const match = time === undefined ? null : /^([0-9]{2}):([0-9]{2}):([0-9]{2})([^\n][0-9]+)?(z|[+-][0-9]{2}:[0-9]{2})$/.exec(time);
  return match !== null && match[1] <= '23' && match[2] <= '59' && match[3] <= '59' && isDate(date);
}

const GO_DURATION = /^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
const UNITS = ['ns', 'us', 'µs', 'ms', 's', 'm', 'h', 'hr', 'd', 'w', 'wk'];
const WORDS = ['nano', 'micro', 'milli', 'sec', 'min', 'hour', 'day', 'week'];

/** As Go has it, or with the words of Scala: somewhere must be a number and a unit. */
function isDuration(text: string): boolean {
  return GO_DURATION.test(text) || [...text.matchAll(/\d+[\t\n\f\r ]*([A-Za-zµ]+)/g)].some(([, unit]) => {
    const folded = unit.toLowerCase();
    return UNITS.includes(folded) || WORDS.some(word => folded.startsWith(word));
  });
}

function isV6(text: string): boolean {
  return isIPv6(text) && !text.includes('%');
}

function isV4(text: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(text) ? text.split('.').every(part => Number(part) <= 255) : text.includes('.') && isV6(text);
}

const FORMATS: { readonly [name: string]: Format } = {
  datetime: { about: 'a date and time as RFC 3339 writes it, such as 2026-01-31T12:00:00Z', test: isDateTime },
  byte: {
    about: 'base64, such as aGVsbG8=',
    test: text => /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0,
  },
  duration: { about: 'a duration, such as 1m30s', test: isDuration },
  ipv4: { about: 'an IPv4 address, such as 192.0.2.1', test: isV4 },
  ipv6: { about: 'an IPv6 address, such as 2001:db8::1', test: isV6 },
};

/** A quantity of Kubernetes, which is no format of JSON schema. */
export const QUANTITY: Format = {
  about: 'a quantity, such as 100m, 1.5 or 2Gi',
  test: text => /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(text),
};

/** Bytes of a core kind. */
export const BYTES: Format = {
  about: 'base64, such as aGVsbG8=',
  test: isBase64,
};

/** The format of a text, or undefined when the API server does not know it. */
export function formatOf(name: string | undefined): Format | undefined {
  const folded = name?.replaceAll('-', '');
  return folded !== undefined && Object.hasOwn(FORMATS, folded) ? FORMATS[folded] : undefined;
}
