/** A field of a kind, or a word that it takes. */
export interface Row {
  readonly kind: string;
  readonly path: string;
  readonly onlyExperimental: boolean;
  /** The properties and factories that set it. */
  readonly setBy: readonly string[];
  /** The example that shows it. */
  readonly shownIn?: string;
}

/** So much of the fields must be settable and shown. */
export const GOALS = { settable: 1, shown: 0.98 };

/** So many ways to set a field are told. */
const TOLD = 4;

const HEAD = `# Fields of the Gateway API

Made by \`npx projen field-coverage\`; do not edit. For each field of each kind, and each word that a field takes: the property or factory that sets it, and the example that
shows it. A property is found by changing programs and looking what becomes of the manifest, so that this page says what is so, not what was meant.

- \`HttpRouteRule.timeouts\` is a property, \`HttpPathMatch.prefix(value)\` the argument of a factory, \`HttpPathMatch.prefix\` the factory itself: it writes the word that it stands for.
- Fields of the experimental channel only are marked; an app declares that channel with \`GatewayApi.declare\`.
`;

const percent = (part: number, whole: number) => `${(100 * part / Math.max(1, whole)).toFixed(1)} %`;
const code = (text: string) => `\`${text.replace(/\|/g, '\\|')}\``;

/** How many fields are settable and shown, in a line each. */
export function summary(rows: readonly Row[], anys: readonly string[]): string[] {
  const settable = rows.filter(({ setBy }) => setBy.length > 0).length;
  const shown = rows.filter(({ shownIn }) => shownIn !== undefined).length;
  return [
    `${settable} of ${rows.length} paths are settable through a typed property: ${percent(settable, rows.length)}`,
    `${shown} of ${rows.length} paths are shown in an example: ${percent(shown, rows.length)}`,
    `parts of the public API without a type: ${anys.length === 0 ? 'none' : anys.join(', ')}`,
  ];
}

/** What keeps the build from passing. */
export function complaints(rows: readonly Row[]): string[] {
  const named = ({ kind, path }: Row) => `${kind} ${path}`;
  const unsettable = rows.filter(({ setBy }) => setBy.length === 0);
  const hidden = rows.filter(({ shownIn }) => shownIn === undefined);
  return [
    ...unsettable.map(row => `${named(row)}: no property was found that sets it`),
    ...hidden.length > (1 - GOALS.shown) * rows.length ? hidden.map(row => `${named(row)}: no example shows it`) : [],
  ];
}

/** The page. */
export function page(rows: readonly Row[], anys: readonly string[]): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind))].sort();
  const sections = kinds.map(kind => {
    const own = rows.filter(row => row.kind === kind).sort((a, b) => a.path < b.path ? -1 : 1);
    const whole = own.every(({ onlyExperimental }) => onlyExperimental);
    return [`## ${kind}`, '', ...whole ? ['Of the experimental channel only.', ''] : [], '| field | set by | shown in |', '|---|---|---|', ...own.map(row => line(row, !whole)), ''];
  });
  return [HEAD, ...summary(rows, anys).map(text => `- ${text}`), '', ...sections.flat()].join('\n');
}

function line({ path, onlyExperimental, setBy, shownIn }: Row, marks: boolean): string {
  const setters = setBy.slice(0, TOLD).map(code).join(', ') + (setBy.length > TOLD ? ` and ${setBy.length - TOLD} more` : '');
  return `| ${code(path)}${onlyExperimental && marks ? ' (experimental)' : ''} | ${setters || '–'} | ${shownIn ?? '–'} |`;
}
