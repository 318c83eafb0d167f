import { COLLECTION_STYLE, Event, EVENT_ID } from 'js-yaml';

/** A tab after the dash of an item, or in a line of blanks. */
const SUSPECT = /^(?:[ -]*-\t| *\t[ \t]*$)/gm;

/** Where a tab stands that YAML allows between words and kubectl refuses; undefined if there is none. Within brackets, quotes and blocks of text it takes them. */
export function misplacedTab(text: string, events: readonly Event[]): number | undefined {
  const suspects = [...text.matchAll(SUSPECT)].map(match => match.index + match[0].indexOf('\t'));
  if (suspects.length === 0) {
    return undefined;
  }
  const ranges = rangesWithTabs(events);
  let next = 0;
  return suspects.find(offset => {
    while (next < ranges.length && ranges[next].end <= offset) {
      next++;
    }
    return !(next < ranges.length && ranges[next].start <= offset);
  });
}

/** Scalars and outermost collections in brackets, in their order. */
function rangesWithTabs(events: readonly Event[]): { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let depth = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.SCALAR) {
      if (depth === 0) {
        ranges.push({ start: event.valueStart, end: event.valueEnd });
      } else {
        ranges[ranges.length - 1].end = event.valueEnd;
      }
    } else if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) {
      if (depth > 0) {
        depth++;
      } else if (event.style === COLLECTION_STYLE.FLOW) {
        ranges.push({ start: event.start, end: event.start });
        depth = 1;
      }
    } else if (event.type === EVENT_ID.POP && depth > 0) {
      depth--;
    }
  }
  return ranges;
}
