import { Api } from './api';
import { Assembly } from './assembly';
import { Generator } from './generate';
import { Place, placesOf, sizeOf } from './places';
import { Program, Statement, Value } from './program';
import { Scene } from './scene';
import { changed } from '../fuzz/places';
import { Draw } from '../fuzz/pool';

/** A program with one part changed or left out. */
export interface Perturbation {
  /** What of the public API was changed. */
  readonly label: string;
  /** The construct of which it was changed. */
  readonly target: string;
  /** What says the value itself, where it is a word or a factory. */
  readonly word?: string;
  /** What of the public API the part is in. */
  readonly within: readonly string[];
  /** How large the part is. */
  readonly size: number;
  /** Whether it is all that can be done there: another value may be partly the same, where leaving out is no way. */
  readonly isWhole: boolean;
  readonly program: Program;
}

/** So often another value is looked for. */
const TRIES = 6;

const short = (fqn: string) => fqn.replace('cdk8s-mesh.', '');

/** Every way to change a program in one of the places that are wanted. */
export function* perturbations(
  program: Program, generator: Generator, assembly: Assembly, api: Api, draw: Draw, wanted: (label: string, target: string) => boolean,
): Iterable<Perturbation> {
  for (const place of placesOf(program, assembly)) {
    const { label, value } = place;
    const target = targetOf(program.statements[place.statement], program);
    const labels = [label, ...value && 'factory' in value && isOwn(value.factory) ? [short(value.factory)] : []];
    // What another API says sets nothing of this one.
    if (!labels.some(one => wanted(one, target)) || !assembly.isOwn(`cdk8s-mesh.${label.replace(/\..*/, '')}`)) {
      continue;
    }
    const size = sizeOf(value ?? { list: argsOf(program.statements[place.statement]) });
    const word = value && 'constant' in value ? short(value.constant) : undefined;
    if (place.removable) {
      yield { label, target, word, within: place.within, size, isWhole: true, program: removed(program, place) };
    }
    const other = value && otherValue(program, place, generator, api, draw);
    if (!other) {
      continue;
    }
    if ('factory' in value && isOwn(value.factory)) {
      // Another factory says what this one says of itself; that is less than all that stands there.
      const choice = short(value.factory);
      yield { label: choice, target, word: choice, within: [...place.within, label], size: size - 0.5, isWhole: true, program: other };
    } else {
      yield { label, target, word, within: place.within, size, isWhole: !place.removable, program: other };
    }
  }
}

const isOwn = (factory: string) => short(factory) !== factory;

const argsOf = ({ args = [] }: { readonly args?: readonly Value[] }) => args;

function removed(program: Program, { statement, path }: Place): Program {
  return changed(program, ['statements', statement, ...path]) as Program;
}

/** The program with another value at a place, by another factory where one made it, and what that value refers to. */
function otherValue(program: Program, { statement, path, slot, value }: Place, generator: Generator, api: Api, draw: Draw): Program | undefined {
  const before = program.statements.slice(0, statement);
  const [subject, ...after] = program.statements.slice(statement);
  const isSame = (other: Value) => value && 'factory' in value && isOwn(value.factory) ? 'factory' in other && other.factory === value.factory :
    JSON.stringify(other) === JSON.stringify(value);
  for (let i = 0; i < TRIES; i++) {
    const scene = new Scene(draw, targetOf(subject, program), api.hasAll(program), [...before]);
    const other = generator.value(slot!, scene);
    if (!isSame(other)) {
      const rest = after.filter(made => !('construct' in made) || !scene.has(made.id));
      return { ...program, statements: [...scene.statements, changed(subject, path, other) as Statement, ...rest] };
    }
  }
  return undefined;
}

/** The short name of the construct that a statement is about. */
function targetOf(statement: Statement, { statements }: Program): string {
  const made = 'construct' in statement ? statement : statements.find(other => 'construct' in other && other.id === statement.on);
  return made && 'construct' in made ? short(made.construct).replace(/\..*/, '') : '';
}
