import { CelError } from '../error';
import { toInt } from '../int';
import { fn, method, Overload } from '../overload';
import { quoted } from '../text';
import { BOOL, INT, opaque, STRING } from '../type';
import { Opaque } from '../value';

const SEMVER = opaque('kubernetes.Semver');
const NUMBER = '(0|[1-9]\\d*)';
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-([0-9A-Za-z.-]*))?(?:\\+([0-9A-Za-z.-]*))?$`);
const MAX = 2n ** 64n;

class Semver extends Opaque {
  public readonly type = SEMVER;

  constructor(public readonly numbers: readonly bigint[], private readonly pre: readonly string[]) {
    super();
  }

  public equals(other: Semver): boolean {
    return this.compare(other) === 0;
  }

  public compare(other: Semver): number {
    const at = this.numbers.findIndex((number, index) => number !== other.numbers[index]);
    if (at >= 0) {
      return this.numbers[at] > other.numbers[at] ? 1 : -1;
    }
    if (this.pre.length === 0 || other.pre.length === 0) {
      return Math.sign(other.pre.length - this.pre.length);
    }
    const order = this.pre.map((part, index) => index < other.pre.length ? comparePre(part, other.pre[index]) : 1).find(result => result !== 0);
    return order ?? Math.sign(this.pre.length - other.pre.length);
  }
}

/** Numbers by value and before words, words by their letters. */
function comparePre(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  const [left, right] = [a, b].map(part => /^\d+$/.test(part) ? BigInt(part) : undefined);
  if (left !== undefined && right !== undefined) {
    return left > right ? 1 : -1;
  }
  return left !== undefined ? -1 : right !== undefined || a > b ? 1 : -1;
}

function parse(text: string): Semver | undefined {
  const [, major, minor, patch, pre, build] = VERSION.exec(text) ?? [];
  if (patch === undefined) {
    return undefined;
  }
  const numbers = [major, minor, patch].map(BigInt);
  const [names, metadata] = [pre?.split('.') ?? [], build?.split('.') ?? []];
  const wrong = numbers.some(number => number >= MAX) || metadata.includes('') || names.some(name => name === '' || /^0\d+$/.test(name));
  return wrong ? undefined : new Semver(numbers, names);
}

/** Takes a `v` before it, zeros before its numbers, and fewer numbers. */
function normalize(text: string): string {
  const [major, minor, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [major, minor, rest.length > 0 ? rest.join('.') : undefined].filter(part => part !== undefined)
    .map(part => part.length > 1 ? part.replace(/^0+/, '').replace(/^(?!\d)/, '0') : part);
  if (parts.length < 3 && /[+-]/.test(parts[parts.length - 1])) {
    return '';
  }
  return [...parts, '0', '0'].slice(0, 3).join('.');
}

function toSemver(text: string, lax: boolean): Semver {
  const version = parse(lax ? normalize(text) : text);
  if (!version) {
    throw new CelError(`no semantic version: ${quoted(text)}`);
  }
  return version;
}

export const SEMVERS: readonly Overload[] = [
  fn('semver', [STRING], SEMVER, (text: string) => toSemver(text, false)),
  fn('semver', [STRING, BOOL], SEMVER, toSemver),
  fn('isSemver', [STRING], BOOL, (text: string) => parse(text) !== undefined),
  fn('isSemver', [STRING, BOOL], BOOL, (text: string, lax: boolean) => parse(lax ? normalize(text) : text) !== undefined),
  method('isGreaterThan', [SEMVER, SEMVER], BOOL, (a: Semver, b: Semver) => a.compare(b) > 0),
  method('isLessThan', [SEMVER, SEMVER], BOOL, (a: Semver, b: Semver) => a.compare(b) < 0),
  method('compareTo', [SEMVER, SEMVER], INT, (a: Semver, b: Semver) => a.compare(b)),
  ...['major', 'minor', 'patch'].map((name, at) => method(name, [SEMVER], INT, (version: Semver) => toInt(BigInt.asIntN(64, version.numbers[at])))),
];
