import { ShownFeature, ShownRequest } from './evidence';
import { ISTIO_FEATURES } from './names';

/** The table of features: what was asked, and what was seen, with each and without it. */
export function istioTable(shown: readonly ShownFeature[]): string {
  const rows = ISTIO_FEATURES.map(({ name, construct }) => {
    const own = shown.filter(({ feature }) => feature === name);
    const side = (which: 'with' | 'without') => own.flatMap(one => one[which].map(lineOf)).join('<br>');
    return [name, construct, side('with'), side('without'), own.map(one => `[${one.case}](../conformance/cases/${one.case})`).join(', ')];
  });
  const line = (cells: readonly string[]) => `| ${cells.map(text => text.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [
    '<!-- Written by conformance/istio-features.ts. -->',
    '# Features of Istio 1.31',
    '',
    'What our constructs do to requests: istiod translates what they write, real Envoys take the requests, and each cell tells what was asked, and what was',
    'seen, as it is recorded: the status, the backend that answered, and in brackets what the proxies say. The flags are Envoy\'s: `UO` overflow, `UT` timeout,',
    '`FI` abort, `DI` delay, `URX` no more tries, `UAEX` denied by an authorizer, `RL` limited, `NR` no route, `UH` no healthy backend.',
    '`npm test` fails when a verdict does not bear out what is told of it. How they are recorded: [conformance](../conformance/README.md).',
    '',
    line(['feature', 'construct', 'with it', 'without it', 'case']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map(line),
    '',
    `${rows.filter(([, , there, absent]) => there && absent).length} of ${ISTIO_FEATURES.length} features shown, each by requests with it and without it.`,
    '',
  ].join('\n');
}

function lineOf({ request, verdict, told }: ShownRequest): string {
  return `${request}: ${[...seenIn(verdict), ...toldOf(told), ...notesOf(verdict)].join(' ')}`;
}

/** What came, and from whom. */
function seenIn({ outcome, outcomes = [], shares = {}, mirrors = {}, answeredBy, backend, headers = {} }: any): string[] {
  const many = Array.isArray(outcomes) ? outcomes.join(' and ') : Object.entries(outcomes).map(([what, times]) => `${what} ${times} times`).join(', ');
  const parts = (percents: object) => Object.entries(percents).map(([name, share]) => `${name} ${share}`);
  return [
    `${outcome ?? many}`,
    ...backend ? [`from ${backend.backend}`] : [],
    ...headers.location ? [`to ${headers.location}`] : [],
    ...answeredBy ? [`from ${answeredBy === 'one' ? 'one backend' : 'several backends'}`] : [],
    ...parts(shares).map((part, i) => `${i === 0 ? 'from' : 'and'} ${part}`),
    ...parts(mirrors).map(part => `with copies to ${part}`),
  ];
}

/** What else is told of it: the path and the headers, at the backend and in the response. */
function toldOf({ backend, headers }: any): string[] {
  const texts = (named: object) => Object.entries(named).filter(([name]) => name !== 'location').map(([name, value]) => value === null ? `no ${name}` : `\`${name}: ${value}\``);
  return [
    ...backend?.path ? [`as \`${backend.path}\``] : [],
    ...backend?.headers ? [`with ${texts(backend.headers).join(', ')}`] : [],
    ...headers && texts(headers).length > 0 ? [`which says ${texts(headers).join(', ')}`] : [],
    ...headers === null ? ['which says nothing'] : [],
  ];
}

/** What proxies and clocks say. */
function notesOf({ flags = [], hops = [], copies, took }: any): string[] {
  const said = hops.flatMap((hop: any) => [
    hop.flags,
    hop.audited && 'audited',
    hop.logged && 'logged',
    ...Object.entries(hop.dryRun ?? {}).map(([action, would]) => `${action} on trial: ${would}`),
  ]).filter(Boolean);
  const notes = [...flags, ...said, ...took ? [took] : [], ...copies ? [`seen by ${copies.join(', ')}`] : []];
  return notes.length > 0 ? [`(${notes.join(', ')})`] : [];
}
