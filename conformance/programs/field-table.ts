import { FieldPage } from './api';

/** A field of a kind, or a word that it takes. */
export interface Row {
  readonly kind: string;
  readonly path: string;
  readonly onlyExperimental: boolean;
  /** The properties and factories that set it. */
  readonly setBy: readonly string[];
  /** The example that shows it. */
  readonly shownIn?: string;
  /** Why it is left out. */
  readonly reason?: string;
}

/** So many ways to set a field are told. */
const TOLD = 4;

const percent = (part: number, whole: number) => `${(100 * part / Math.max(1, whole)).toFixed(1)} %`;
const code = (text: string) => `\`${text.replace(/\|/g, '\\|')}\``;

/** How many fields are settable and shown, in a line each. */
export function summary(rows: readonly Row[], anys: readonly string[]): string[] {
  const offered = rows.filter(({ reason }) => reason === undefined);
  const settable = offered.filter(({ setBy }) => setBy.length > 0).length;
  const shown = offered.filter(({ shownIn }) => shownIn !== undefined).length;
  const left = rows.length - offered.length;
  return [
    ...left > 0 ? [`${left} of ${rows.length} paths are left out, each with its reason`] : [],
    `${settable} of ${offered.length} ${left > 0 ? 'others' : 'paths'} are settable through a typed property: ${percent(settable, offered.length)}`,
    `${shown} of ${offered.length} ${left > 0 ? 'others' : 'paths'} are shown in an example: ${percent(shown, offered.length)}`,
    `parts of the public API without a type: ${anys.length === 0 ? 'none' : anys.join(', ')}`,
  ];
}

/** What keeps the build from passing. */
export function complaints(rows: readonly Row[], { shown }: Pick<FieldPage, 'shown'>): string[] {
  const named = ({ kind, path }: Row) => `${kind} ${path}`;
  const offered = rows.filter(({ reason }) => reason === undefined);
  const unsettable = offered.filter(({ setBy }) => setBy.length === 0);
  const hidden = offered.filter(({ shownIn }) => shownIn === undefined);
  return [
    ...unsettable.map(row => `${named(row)}: no property was found that sets it`),
    ...rows.filter(({ reason, setBy }) => reason !== undefined && setBy.length > 0).map(row => `${named(row)}: it is said to be left out, and ${row.setBy[0]} sets it`),
    ...hidden.length > (1 - shown) * offered.length ? hidden.map(row => `${named(row)}: no example shows it`) : [],
  ];
}

/** The reasons for fields that are not there. */
export function strayReasons(rows: readonly Row[], reasons: FieldPage['reasons']): string[] {
  return Object.keys(reasons).filter(field => !rows.some(({ kind, path }) => `${kind} ${path}` === field)).map(field => `${field}: there is a reason to leave it out, but no such field`);
}

/** The page. */
export function page(rows: readonly Row[], anys: readonly string[], { head }: Pick<FieldPage, 'head'>): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind))].sort();
  const sections = kinds.map(kind => {
    const own = rows.filter(row => row.kind === kind).sort((a, b) => a.path < b.path ? -1 : 1);
    const whole = own.every(({ onlyExperimental }) => onlyExperimental);
    return [`## ${kind}`, '', ...whole ? ['Of the experimental channel only.', ''] : [], '| field | set by | shown in |', '|---|---|---|', ...own.map(row => line(row, !whole)), ''];
  });
  return [head, ...summary(rows, anys).map(text => `- ${text}`), '', ...sections.flat()].join('\n');
}

function line({ path, onlyExperimental, setBy, shownIn, reason }: Row, marks: boolean): string {
  const setters = setBy.slice(0, TOLD).map(code).join(', ') + (setBy.length > TOLD ? ` and ${setBy.length - TOLD} more` : '');
  return `| ${code(path)}${onlyExperimental && marks ? ' (experimental)' : ''} | ${setters || reason || '–'} | ${shownIn ?? '–'} |`;
}
