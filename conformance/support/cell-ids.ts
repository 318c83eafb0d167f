import { Column, Row, Section } from './section';

/** The id of a cell: those of its section, its row and its column. */
export function idOf(section: Section, row: Row, column: Column): string {
  return `${section.id}/${row.id}/${column.id}`;
}

/** Cells by their ids, of which a star stands for any part. */
export function patternOf(cells: string): RegExp {
  return new RegExp(`^${cells.replace(/\*/g, '[^/]*')}$`);
}
