import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { JsonPath } from './json';
import { keyOf, resolvePlain } from './yaml-scalar';
import { parseYaml } from './yaml-value';

interface Frame {
  readonly sequence: boolean;
  /** Whether the path leads here, and how far it has come. */
  readonly onPath: boolean;
  readonly depth: number;
  /** The index of the next item. */
  index: number;
  /** In a mapping: whether a key was read, and whether the path has it. */
  hasKey: boolean;
  keyOnPath: boolean;
}

/** How many lines before the one where a path leads: the key in a mapping, the item in a list; the nearest that is there, if the end of the path is not. */
export function linesBeforeInYaml(document: string, path: JsonPath): number {
  const { text, events } = parseYaml(document);
  const frames: Frame[] = [];
  let found = 0;

  /** Says of a node whether the path leads to it. */
  const visit = (offset: number, key: () => string | undefined): boolean => {
    const parent = frames.at(-1);
    if (!parent) {
      found = offset;
      return true;
    }
    if (parent.sequence) {
      const matches = parent.onPath && path[parent.depth] === parent.index++;
      found = matches ? offset : found;
      return matches;
    }
    if (parent.hasKey) {
      parent.hasKey = false;
      return parent.keyOnPath;
    }
    parent.hasKey = true;
    parent.keyOnPath = parent.onPath && path[parent.depth] === key();
    found = parent.keyOnPath ? offset : found;
    return false;
  };

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING: {
        const onPath = visit(event.start, () => undefined);
        const depth = (frames.at(-1)?.depth ?? -1) + 1;
        frames.push({ sequence: event.type === EVENT_ID.SEQUENCE, onPath, depth, index: 0, hasKey: false, keyOnPath: false });
        break;
      }
      case EVENT_ID.SCALAR:
        visit(Math.max(event.valueStart, 0), () => {
          const value = getScalarValue(text, event);
          return event.style === SCALAR_STYLE.PLAIN ? keyOf(resolvePlain(value), value) : value;
        });
        break;
      case EVENT_ID.ALIAS:
        visit(event.anchorStart, () => undefined);
        break;
      case EVENT_ID.POP:
        frames.pop();
    }
  }
  return countLines(text, found);
}

/** How many lines end before an offset. */
export function countLines(text: string, offset: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    lines++;
  }
  return lines;
}
