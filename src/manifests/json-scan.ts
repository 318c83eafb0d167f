import { JsonPath, MAX_DEPTH } from './json';

interface Frame {
  readonly keys: Set<string> | undefined;
  key: string | number;
  /** Whether the path leads to this object or list. */
  readonly onPath: boolean;
}

/** What is to be known of a JSON text beside its value. */
export interface JsonScan {
  /** The keys that an object has twice. The last one counts. */
  readonly duplicates: readonly JsonPath[];
  /** Whether more is in one another than MAX_DEPTH. */
  readonly tooDeep: boolean;
  /** Where the path leads: the key of an object, the item of a list. */
  readonly offset: number;
  /** Where the first value ends. */
  readonly end: number;
}

/** Looks at the first value of a text, which is JSON or nearly so. */
export function scanJson(text: string, path: JsonPath = []): JsonScan {
  const duplicates: JsonPath[] = [];
  const frames: Frame[] = [];
  let offset = 0;
  let expectKey = false;
  let valueOnPath = true;
  let at = 0;
  for (; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 34 /* " */: {
        const end = endOfString(text, at);
        if (expectKey) {
          const frame = frames[frames.length - 1];
          frame.key = unquote(text.slice(at, end));
          if (frame.keys!.has(frame.key)) {
            duplicates.push(frames.map(({ key }) => key));
          }
          frame.keys!.add(frame.key);
          expectKey = false;
          valueOnPath = frame.onPath && path[frames.length - 1] === frame.key;
          offset = valueOnPath ? at : offset;
        }
        at = end - 1;
        break;
      }
      case 91 /* [ */:
      case 123 /* { */: {
        if (frames.length === MAX_DEPTH) {
          return { duplicates, tooDeep: true, offset, end: at };
        }
        if (frames.length === 0) {
          offset = at;
        }
        const isList = text.charCodeAt(at) === 91;
        frames.push({ keys: isList ? undefined : new Set(), key: isList ? 0 : '', onPath: valueOnPath });
        expectKey = !isList;
        if (isList) {
          valueOnPath = valueOnPath && path[frames.length - 1] === 0;
          offset = valueOnPath ? nextValue(text, at + 1) : offset;
        }
        break;
      }
      case 44 /* , */: {
        const frame = frames.at(-1);
        if (frame?.keys) {
          expectKey = true;
        } else if (frame) {
          frame.key = (frame.key as number) + 1;
          valueOnPath = frame.onPath && path[frames.length - 1] === frame.key;
          offset = valueOnPath ? nextValue(text, at + 1) : offset;
        }
        break;
      }
      case 93 /* ] */:
      case 125 /* } */:
        frames.pop();
        expectKey = false;
        if (frames.length === 0) {
          return { duplicates, tooDeep: false, offset, end: at + 1 };
        }
    }
  }
  return { duplicates, tooDeep: false, offset, end: at };
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
