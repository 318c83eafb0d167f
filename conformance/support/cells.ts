import { idOf, patternOf } from './cell-ids';
import { Proof } from './evidence';
import { sameObjects } from './same-objects';
import { Scene } from './scene';
import { Column, Row, Section } from './section';
import { reasonOf, TWIN_REASONS } from './unproved';

/** What a cell says: proved by cases; supported, with the reason why no case proves it, and by which it is judged instead; or refused, in the words of the error. */
export type Cell =
  | { readonly is: 'proved'; readonly by: readonly Proof[] }
  | { readonly is: 'unproved'; readonly because: string; readonly judgedBy: readonly Proof[] }
  | { readonly is: 'refused'; readonly because: string }
  /** Supported, and nobody says how that is known: the tests take none of these. */
  | { readonly is: 'unexplained' };

/** What the program of a cell comes to. */
export type Outcome = { readonly refused: string } | { readonly objects: readonly object[] };

export interface JudgedCell {
  readonly id: string;
  readonly column: Column;
  readonly outcome: Outcome;
  readonly cell: Cell;
}

/** A section with what its cells come to. */
export interface Judged {
  readonly section: Section;
  readonly rows: readonly { readonly row: Row; readonly cells: readonly JudgedCell[] }[];
}

/** Runs the program of a cell. */
export function run(row: Row, column: Column): Outcome {
  const scene = new Scene(column.mesh);
  try {
    row.program(scene, column);
    return { objects: scene.render() };
  } catch (error) {
    return { refused: sentenceOf(error as Error) };
  }
}

/** Runs the programs of all cells, and holds them against what cases prove. */
export function judge(sections: readonly Section[], proofs: readonly Proof[]): Judged[] {
  const outcomes = new Map(sections.flatMap(section => section.rows.flatMap(row =>
    section.columns.map(column => [idOf(section, row, column), run(row, column)] as const))));
  const provedBy = (id: string) => proofs.filter(({ cell }) => patternOf(cell).test(id));

  const cellOf = (section: Section, row: Row, column: Column): Cell => {
    const id = idOf(section, row, column);
    const outcome = outcomes.get(id)!;
    if ('refused' in outcome) {
      return { is: 'refused', because: outcome.refused };
    }
    const by = provedBy(id);
    const because = reasonOf(id, column);
    if (because === undefined) {
      return by.length > 0 ? { is: 'proved', by } : likeTwin(section, row, column, outcome.objects);
    }
    const like = by.length > 0 ? undefined : likeTwin(section, row, column, outcome.objects);
    return { is: 'unproved', because, judgedBy: like?.is === 'unproved' ? like.judgedBy : by };
  };

  /** What is as with sidecars, but for labels, is judged there. */
  const likeTwin = (section: Section, row: Row, column: Column, objects: readonly object[]): Cell => {
    const of = sections.find(({ id }) => id === (section.twin ?? section.id))!;
    const twin = of.columns.find(({ id }) => id === (section.twin ? column.id : column.twin ?? 'sidecar'));
    const outcome = twin && twin.mesh !== column.mesh ? outcomes.get(idOf(of, row, twin)) : undefined;
    if (outcome === undefined || 'refused' in outcome || !sameObjects(outcome.objects, objects)) {
      return { is: 'unexplained' };
    }
    const cell = cellOf(of, row, twin!);
    switch (cell.is) {
      case 'proved': return { is: 'unproved', because: TWIN_REASONS[column.mesh.id], judgedBy: cell.by };
      case 'unproved': return cell;
      default: return { is: 'unexplained' };
    }
  };

  return sections.map(section => ({
    section,
    rows: section.rows.map(row => ({
      row,
      cells: section.columns.map(column => {
        const id = idOf(section, row, column);
        return { id, column, outcome: outcomes.get(id)!, cell: cellOf(section, row, column) };
      }),
    })),
  }));
}

/** A validation of cdk8s is a list of sentences with the paths of constructs. */
function sentenceOf({ message }: Error): string {
  return message.replace(/^Validation failed with the following errors:\s*/, '').replace(/^\s*\[[^\]]*\]\s*/, '').split('\n')[0];
}
