import { Comparison, Judges } from './judges';
import { keep } from './keep';
import { Kind } from './kinds';
import { shrink } from './shrink';
import { sayingOf } from '../verdict';

/** So many disagreements are shown; the others are counted. */
const SHOWN = 15;

/** An object of which the two sides say different things. */
export interface Disagreement {
  readonly kind: Kind;
  readonly object: unknown;
}

type Test = (comparison: Comparison) => boolean;

/** The smallest object that shows the same: the API server says nothing of it that it did not say of the large one. */
async function smallestOf({ kind, object }: Disagreement, judges: Judges, disagrees: Test): Promise<Disagreement> {
  const saysOf = ({ said }: Comparison) => [...said.errors.map(({ type, detail }) => `${type} ${detail}`), ...said.unknown.map(() => 'unknown')];
  const before = new Set(saysOf(await judges.compare(kind.channel, object)));
  return {
    kind,
    object: await shrink(object, async smaller => {
      const comparison = await judges.compare(kind.channel, smaller);
      return disagrees(comparison) && saysOf(comparison).every(text => before.has(text));
    }),
  };
}

/** Prints the disagreements that differ from one another, each with both sides, on the smallest object that shows it. */
export async function show(disagreements: readonly Disagreement[], judges: Judges, disagrees: Test, keeps: boolean): Promise<void> {
  const seen = new Set<string>();
  for (const disagreement of disagreements) {
    if (seen.size >= SHOWN) {
      return;
    }
    const { kind, object } = await smallestOf(disagreement, judges, disagrees);
    const { said, found, engine } = await judges.compare(kind.channel, object);
    const ours = found.map(({ path, rule, message }) => `${path.join('.')}: ${rule}: ${message}`).join('; ') || 'accepted';
    const sides = [sayingOf(said), ours];
    const signature = sides.join('\n').replace(/\d+|"[^"]*"|'[^']*'|[\w.[\]]+:/g, '');
    if (!seen.has(signature)) {
      seen.add(signature);
      const text = JSON.stringify(object);
      console.log(`\n${kind.channel} ${text.length > 2000 ? `${text.slice(0, 2000)}... (${text.length} characters)` : text}`);
      console.log(`  the API server: ${sides[0]}\n  our validator:  ${sides[1]}${keeps ? `\n  kept as ${keep(kind, object, engine)}` : ''}`);
    }
  }
}
