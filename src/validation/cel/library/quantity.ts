import { CelError } from '../error';
import { Int, toInt } from '../int';
import { fn, method, Overload } from '../overload';
import { BOOL, DOUBLE, INT, opaque, STRING } from '../type';
import { Opaque } from '../value';

const QUANTITY = opaque('kubernetes.Quantity');
const INT64 = 2n ** 63n;
const NANO = -9;
/** Beyond this, one power of ten is as good as another. */
const MAX_POWER = 1000;

const DECIMAL: { readonly [suffix: string]: number } = { 'n': -9, 'u': -6, 'm': -3, '': 0, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18 };
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A number and a power of ten. Kubernetes keeps it in 64 bits as long as it can: only then it may be an integer. */
class Quantity extends Opaque {
  public readonly type = QUANTITY;

  constructor(public readonly value: bigint, public readonly power: number, private readonly small: boolean) {
    super();
  }

  public equals(other: Quantity): boolean {
    return this.compare(other) === 0;
  }

  public compare(other: Quantity): number {
    const power = Math.min(this.power, other.power);
    const [a, b] = [this.at(power), other.at(power)];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  public add(other: Quantity): Quantity {
    if (other.value === 0n || this.value === 0n) {
      return other.value === 0n ? this : other;
    }
    const power = Math.min(this.power, other.power);
    const terms = [this.at(power), other.at(power)];
    const sum = terms[0] + terms[1];
    return new Quantity(sum, power, this.small && other.small && [...terms, sum].every(fits));
  }

  public negated(): Quantity {
    return new Quantity(-this.value, this.power, this.small);
  }

  public integer(): Int | undefined {
    const value = this.small && this.power >= 0 ? this.at(0) : undefined;
    return value !== undefined && fits(value) ? toInt(value) : undefined;
  }

  public float(): number {
    return Number(this.value) * 10 ** this.power;
  }

  private at(power: number): bigint {
    return this.value * 10n ** BigInt(Math.min(this.power - power, MAX_POWER));
  }
}

function fits(value: bigint): boolean {
  return value >= -INT64 && value < INT64;
}

function parse(text: string): Quantity | undefined {
  const [, sign, digits, fraction = '', suffix] = /^([+-]?)(\d*)(?:\.(\d*))?((?:[A-Za-z].*)?)$/.exec(text) ?? [];
  if (suffix === undefined || text === '') {
    return undefined;
  }
  const unit = interpret(suffix);
  // No digit at all is a zero to Kubernetes.
  const whole = digits.replace(/^0+/, '') || '0';
  if (!unit) {
    return undefined;
  }
  const magnitude = BigInt(whole + fraction) * unit.factor;
  const power = unit.power - fraction.length;
  const short = unit.factor === 1n ? whole.length + fraction.length <= 18 : fraction === '' && whole.length + Math.trunc(unit.bits * 0.3) <= 14;
  const signed = sign === '-' ? -magnitude : magnitude;
  return short && power >= NANO && fits(magnitude) ? new Quantity(signed, power, true) : rounded(signed, power, unit.factor > 1n);
}

/** What 64 bits may not hold is rounded up to billionths, and a binary amount is no more than the largest integer. */
function rounded(value: bigint, power: number, binary: boolean): Quantity {
  if (value === 0n) {
    return new Quantity(0n, 0, false);
  }
  const factor = 10n ** BigInt(Math.min(Math.abs(power - NANO), MAX_POWER));
  const nanos = power >= NANO ? value * factor : awayFromZero(value, factor);
  const limit = (INT64 - 1n) * 10n ** 9n;
  return new Quantity(!binary ? nanos : nanos > limit ? limit : nanos < -limit ? -limit : nanos, NANO, false);
}

function awayFromZero(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return quotient * by === value ? quotient : quotient + (value < 0n ? -1n : 1n);
}

interface Unit {
  readonly factor: bigint;
  readonly bits: number;
  readonly power: number;
}

function interpret(suffix: string): Unit | undefined {
  if (Object.hasOwn(DECIMAL, suffix)) {
    return { factor: 1n, bits: 0, power: DECIMAL[suffix] };
  }
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) {
    const bits = 10 * (binary + 1);
    return { factor: 2n ** BigInt(bits), bits, power: 0 };
  }
  const [, exponent] = /^[eE]([+-]?\d+)$/.exec(suffix) ?? [];
  return exponent === undefined || !fits(BigInt(exponent)) ? undefined : { factor: 1n, bits: 0, power: Number(exponent) };
}

function toQuantity(text: string): Quantity {
  const quantity = parse(text);
  if (!quantity) {
    throw new CelError('quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'');
  }
  return quantity;
}

function asInteger(quantity: Quantity): Int {
  const integer = quantity.integer();
  if (integer === undefined) {
    throw new CelError('cannot convert value to integer');
  }
  return integer;
}

const ofInt = (value: Int) => new Quantity(BigInt(value), 0, true);

export const QUANTITIES: readonly Overload[] = [
  fn('quantity', [STRING], QUANTITY, toQuantity),
  fn('isQuantity', [STRING], BOOL, (text: string) => parse(text) !== undefined),
  fn('sign', [QUANTITY], INT, (quantity: Quantity) => quantity.value > 0n ? 1 : quantity.value < 0n ? -1 : 0),
  method('isGreaterThan', [QUANTITY, QUANTITY], BOOL, (a: Quantity, b: Quantity) => a.compare(b) > 0),
  method('isLessThan', [QUANTITY, QUANTITY], BOOL, (a: Quantity, b: Quantity) => a.compare(b) < 0),
  method('compareTo', [QUANTITY, QUANTITY], INT, (a: Quantity, b: Quantity) => a.compare(b)),
  method('asApproximateFloat', [QUANTITY], DOUBLE, (quantity: Quantity) => quantity.float()),
  method('isInteger', [QUANTITY], BOOL, (quantity: Quantity) => quantity.integer() !== undefined),
  method('asInteger', [QUANTITY], INT, asInteger),
  method('add', [QUANTITY, QUANTITY], QUANTITY, (a: Quantity, b: Quantity) => a.add(b)),
  method('add', [QUANTITY, INT], QUANTITY, (a: Quantity, b: Int) => a.add(ofInt(b))),
  method('sub', [QUANTITY, QUANTITY], QUANTITY, (a: Quantity, b: Quantity) => a.add(b.negated())),
  method('sub', [QUANTITY, INT], QUANTITY, (a: Quantity, b: Int) => a.add(ofInt(b).negated())),
];
