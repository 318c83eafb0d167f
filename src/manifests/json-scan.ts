import { JsonPath, MAX_DEPTH } from './json';
import { addChild, Lines, Place, PlaceFinder } from './place';

interface Frame {
  readonly place: Place;
  readonly isList: boolean;
  /** The key or index of the value that is read. */
  key: string | number;
}

/** What is to be known of a JSON text beside its value. */
export interface JsonScan {
  /** The keys that an object has twice. The last one counts. */
  readonly duplicates: readonly JsonPath[];
  /** Whether more is in one another than MAX_DEPTH. */
  readonly tooDeep: boolean;
  readonly root: Place;
  /** Where the first value ends. */
  readonly end: number;
}

/** Finds lines in JSON. */
export const jsonPlaces = new PlaceFinder(text => ({ root: scanJson(text).root, lines: new Lines(text) }));

/** Looks at the first object or list of a text, which is JSON or nearly so. */
export function scanJson(text: string): JsonScan {
  const duplicates: JsonPath[] = [];
  const frames: Frame[] = [];
  let root = newPlace(0);
  let expectKey = false;
  let value = root;
  const beginItem = (frame: Frame, from: number) => {
    value = newPlace(nextValue(text, from));
    addChild(frame.place, frame.key, value);
  };
  let at = 0;
  for (; at < text.length; at++) {
    const frame = frames.at(-1);
    switch (text.charCodeAt(at)) {
      case 34 /* " */: {
        const end = endOfString(text, at);
        if (frame && expectKey) {
          frame.key = unquote(text.slice(at, end));
          if (frame.place.children?.has(frame.key)) {
            duplicates.push(frames.map(({ key }) => key));
          }
          beginItem(frame, at);
          expectKey = false;
        }
        at = end - 1;
        break;
      }
      case 91 /* [ */:
      case 123 /* { */: {
        if (frames.length === MAX_DEPTH) {
          return { duplicates, tooDeep: true, root, end: at };
        }
        if (!frame) {
          root = value = newPlace(at);
        }
        const isList = text.charCodeAt(at) === 91;
        const next = { place: value, isList, key: 0 };
        frames.push(next);
        expectKey = !isList;
        if (isList) {
          beginItem(next, at + 1);
        }
        break;
      }
      case 44 /* , */:
        expectKey = frame !== undefined && !frame.isList;
        if (frame?.isList) {
          frame.key = (frame.key as number) + 1;
          beginItem(frame, at + 1);
        }
        break;
      case 93 /* ] */:
      case 125 /* } */:
        frames.pop();
        expectKey = false;
        if (frames.length === 0) {
          return { duplicates, tooDeep: false, root, end: at + 1 };
        }
    }
  }
  return { duplicates, tooDeep: false, root, end: at };
}

function newPlace(offset: number): Place {
  return { offset };
}

function nextValue(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at])) {
    at++;
  }
  return at;
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 92) {
      backslashes++;
    }
    if (backslashes % 2 === 0) {
      return at + 1;
    }
  }
  return text.length;
}

function unquote(text: string): string {
  try {
    return text.includes('\\') ? String(JSON.parse(text)) : text.slice(1, -1);
  } catch {
    return text;
  }
}
