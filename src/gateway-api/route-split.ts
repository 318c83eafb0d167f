import { article, checkDnsSubdomain } from '../semantics/names';
import { formatRule } from '../semantics/place';

/** What a split has to know of a rule. */
export interface SplitRule<M> {
  readonly name?: string;
  /** None means every request. */
  readonly matches?: readonly M[];
  readonly sessionPersistence?: unknown;
}

/** How the matches of one kind of route compete for requests. */
export interface MatchRivalry<M> {
  /** The kind of the route. */
  readonly kind: string;
  /** The match of a rule that has none. */
  readonly every: M;
  /** Why only the order of the rules may decide between two matches: some request can match both, and neither surely outranks the other. */
  tie(a: M, b: M): string | undefined;
}

/** A rule, or one of several parts of a rule with too many matches. */
export interface RulePiece<M> {
  /** The number of the rule, from 0. */
  readonly rule: number;
  /** The name of the rule as the user gave it. */
  readonly ruleName?: string;
  /** The name of the piece: that of the rule, with a number from the second piece on. */
  readonly name?: string;
  readonly matches?: readonly M[];
}

/** Pieces between which only their order decides, in this order. */
type Component<M> = readonly RulePiece<M>[];

const MAX_RULES = 16;
const MAX_MATCHES = 128;
const MAX_MATCHES_OF_RULE = 64;

/**
 * Which rules stand in which object of a route that is too large for one. Every object competes with all others by rank; among equals age and name
 * decide, which nobody can promise. So rules stay together when only their order may decide between them.
 *
 * It is never changed, so that a rule which is refused leaves nothing behind.
 */
export class RouteSplit<M> {
  /** A route without rules. */
  public static empty<M>(rivalry: MatchRivalry<M>): RouteSplit<M> {
    return new RouteSplit(rivalry, 0, [], undefined, [[]]);
  }

  private constructor(
    private readonly rivalry: MatchRivalry<M>,
    private readonly rules: number,
    private readonly pieces: Component<M>,
    /** In the order of their first pieces; nothing as long as one object takes all. */
    private readonly components: readonly Component<M>[] | undefined,
    /** The pieces of each object, in the order of the rules; at least one object. */
    public readonly objects: readonly Component<M>[],
  ) {}

  /**
   * The same with one more rule at the end, which moves no other rule, unless it ties with one.
   *
   * @throws when a name is taken, or more rules tie than one object takes
   */
  public with(rule: SplitRule<M>): RouteSplit<M> {
    const added = cut(rule, this.rules);
    added.forEach(piece => this.checkName(piece));
    const pieces = this.pieces.concat(added);
    if (fits(pieces)) {
      return new RouteSplit(this.rivalry, this.rules + 1, pieces, undefined, [pieces]);
    }
    const before = this.components ?? this.pieces.reduce<readonly Component<M>[]>((components, piece) => this.join(components, piece), []);
    const components = added.reduce((joined, piece) => this.join(joined, piece), before);
    return new RouteSplit(this.rivalry, this.rules + 1, pieces, components, this.pack(before, components));
  }

  /** The rules of an object, out of all rules as they are written. */
  public rulesOf<R extends SplitRule<M>>(object: number, written: readonly R[]): R[] {
    return this.objects[object].map(({ rule, name, matches }) =>
      written[rule].matches === matches ? written[rule] : { ...written[rule], name, matches });
  }

  private checkName({ name, ruleName }: RulePiece<M>): void {
    if (name !== undefined && this.pieces.some(piece => piece.name === name)) {
      const why = name === ruleName ? '' : `, which is part of rule '${ruleName}',`;
      throw new Error(`rule name '${name}'${why} is taken: names are unique in ${article(this.rivalry.kind)}, pass another name`);
    }
  }

  private join(components: readonly Component<M>[], piece: RulePiece<M>): readonly Component<M>[] {
    const tied = components.filter(component => component.some(other => this.tie(other, piece) !== undefined));
    if (tied.length === 0) {
      return [...components, [piece]];
    }
    const joined = [...tied.flat(), piece].sort((a, b) => a.rule - b.rule);
    if (!fits(joined)) {
      throw new Error(this.refusal(joined, piece));
    }
    return components.flatMap(component => component === tied[0] ? [joined] : tied.includes(component) ? [] : [component]);
  }

  /** Pieces of one rule never tie: whichever is chosen, the same happens. */
  private tie(a: RulePiece<M>, b: RulePiece<M>): string | undefined {
    if (a.rule === b.rule) {
      return undefined;
    }
    for (const x of this.matches(a)) {
      for (const y of this.matches(b)) {
        const why = this.rivalry.tie(x, y);
        if (why !== undefined) {
          return why;
        }
      }
    }
    return undefined;
  }

  private matches({ matches = [] }: RulePiece<M>): readonly M[] {
    return matches.length === 0 ? [this.rivalry.every] : matches;
  }

  /** Puts each component into the first object that has room for it; where none has moved, only the new ones are put. */
  private pack(before: readonly Component<M>[], components: readonly Component<M>[]): readonly Component<M>[] {
    const same = this.components !== undefined && before.every((component, n) => component === components[n]);
    const objects: Component<M>[] = same ? [...this.objects] : [];
    for (const component of same ? components.slice(before.length) : components) {
      const room = objects.findIndex(object => fits([...object, ...component]));
      if (room < 0) {
        objects.push(component);
      } else {
        objects[room] = [...objects[room], ...component].sort((a, b) => a.rule - b.rule);
      }
    }
    return objects;
  }

  private refusal(joined: Component<M>, last: RulePiece<M>): string {
    const other = joined.find(piece => piece !== last && this.tie(piece, last) !== undefined)!;
    const names = [...new Set(joined.map(label))];
    return `rules of ${article(this.rivalry.kind)} that tie must be at most ${MAX_RULES} with ${MAX_MATCHES} matches, ` +
      `got ${joined.length} with ${matchCount(joined)}: ${names.join(', ')}; ` +
      `the last ties with ${label(other)}: ${this.tie(other, last)}, so only the order of the rules decides, and it is kept within one object only; ` +
      'let the matches differ in path, method or exact values, or join rules that do the same';
  }
}

/** A rule with too many matches is several rules that do the same. */
function cut<M>(rule: SplitRule<M>, number: number): RulePiece<M>[] {
  const { name, matches = [], sessionPersistence } = rule;
  if (matches.length <= MAX_MATCHES_OF_RULE) {
    return [{ rule: number, ruleName: name, name, matches: rule.matches }];
  }
  if (sessionPersistence !== undefined) {
    throw new Error(`matches of a rule with sessions must be at most ${MAX_MATCHES_OF_RULE}, got ${matches.length}: ` +
      'more need a second rule, and rules share no session; use fewer matches, or no sessions');
  }
  const nameOf = (n: number) => name === undefined || n === 0 ? name : checkDnsSubdomain(`${name}-${n + 1}`, `name of a part of rule '${name}'`);
  return Array.from({ length: Math.ceil(matches.length / MAX_MATCHES_OF_RULE) }, (_, n) => ({
    rule: number,
    ruleName: name,
    name: nameOf(n),
    matches: matches.slice(n * MAX_MATCHES_OF_RULE, (n + 1) * MAX_MATCHES_OF_RULE),
  }));
}

function fits(pieces: readonly RulePiece<unknown>[]): boolean {
  return pieces.length <= MAX_RULES && matchCount(pieces) <= MAX_MATCHES;
}

function matchCount(pieces: readonly RulePiece<unknown>[]): number {
  return pieces.reduce((sum, { matches }) => sum + (matches?.length || 1), 0);
}

function label({ rule, ruleName }: RulePiece<unknown>): string {
  return formatRule(rule, ruleName);
}
