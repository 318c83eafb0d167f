import { patternOf } from './cell-ids';
import { Judged } from './cells';
import { Proof } from './evidence';

/** What is wrong with the table, in a line each. */
export function complaintsOf(judged: readonly Judged[], proofs: readonly Proof[]): string[] {
  const cells = judged.flatMap(({ rows }) => rows.flatMap(row => row.cells));
  const supported = cells.filter(({ cell }) => cell.is !== 'refused');
  return [
    ...proofs.flatMap(({ case: name, cell, wrong }) => wrong.map(what => `${name}: ${cell}: ${what} is not as it is told`)),
    ...proofs.filter(({ cell }) => !supported.some(({ id }) => patternOf(cell).test(id))).map(({ case: name, cell }) => `${name}: ${cell}: there is no such cell, or it is refused`),
    ...cells.filter(({ cell }) => cell.is === 'unexplained').map(({ id }) => `${id}: is supported, and neither proved nor said to be unproved`),
    ...cells.flatMap(({ id, cell }) => cell.is === 'unproved' && cell.judgedBy.length === 0 ? [`${id}: is judged by nothing`] : []),
  ];
}
