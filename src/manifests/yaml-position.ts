import { Event, EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { addChild, Lines, Place, PlaceFinder, Places } from './place';
import { keyOf, resolvePlain } from './yaml-scalar';
import { parseYaml } from './yaml-value';

interface Frame {
  readonly place: Place;
  readonly sequence: boolean;
  /** The index of the next item. */
  index: number;
  /** In a mapping: where the value belongs to whose key was read. */
  value: Place | undefined;
}

/** Finds lines in documents of YAML. */
export const yamlPlaces = new PlaceFinder(readPlaces);

function readPlaces(document: string): Places {
  const { text, events } = parseYaml(document);
  const frames: Frame[] = [];
  let root: Place | undefined;

  /** The place of the node that begins here; a key makes the place for its value. */
  const begin = (offset: number, key: () => string | undefined): Place => {
    const place: Place = { offset: Math.max(offset, 0) };
    const parent = frames.at(-1);
    if (!parent) {
      root = place;
    } else if (parent.sequence) {
      addChild(parent.place, parent.index++, place);
    } else if (parent.value) {
      const { value } = parent;
      parent.value = undefined;
      return value;
    } else {
      parent.value = place;
      addChild(parent.place, key() ?? '', place);
    }
    return place;
  };

  for (const event of events) {
    if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) {
      const place = begin(event.start, () => undefined);
      frames.push({ place, sequence: event.type === EVENT_ID.SEQUENCE, index: 0, value: undefined });
    } else if (event.type === EVENT_ID.SCALAR) {
      begin(event.valueStart, () => keyText(text, event));
    } else if (event.type === EVENT_ID.ALIAS) {
      begin(event.anchorStart, () => undefined);
    } else if (event.type === EVENT_ID.POP) {
      frames.pop();
    }
  }
  return { root: root ?? { offset: 0 }, lines: new Lines(text) };
}

function keyText(text: string, event: Event & { type: typeof EVENT_ID.SCALAR }): string | undefined {
  const value = getScalarValue(text, event);
  return event.style === SCALAR_STYLE.PLAIN ? keyOf(resolvePlain(value), value) : value;
}
