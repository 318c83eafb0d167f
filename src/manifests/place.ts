import { JsonPath } from './json';

/** Where a value begins in a text: at its key, if it has one. */
export interface Place {
  readonly offset: number;
  children?: Map<string | number, Place>;
}

/** Puts a place into another. */
export function addChild(parent: Place, key: string | number, child: Place): void {
  parent.children ??= new Map();
  parent.children.set(key, child);
}

/** The place where a path leads, or the nearest before it. */
export function placeOf(root: Place, path: JsonPath): Place {
  let place = root;
  for (const part of path) {
    const next = place.children?.get(part);
    if (!next) {
      break;
    }
    place = next;
  }
  return place;
}

/** The lines of a text, by offset. */
export class Lines {
  private readonly starts = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
  }

  /** How many lines end before an offset. */
  before(offset: number): number {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      [low, high] = this.starts[middle] <= offset ? [middle, high] : [low, middle];
    }
    return low;
  }
}

/** The places of a text, and its lines. */
export interface Places {
  readonly root: Place;
  readonly lines: Lines;
}

/** Finds lines in documents. It remembers the last document, as questions about one follow each other. */
export class PlaceFinder {
  private text: string | undefined;
  private places: Places | undefined;

  constructor(private readonly read: (text: string) => Places) {
  }

  /** How many lines before the one where a path leads. */
  linesBefore(text: string, path: JsonPath): number {
    if (this.text !== text || !this.places) {
      this.text = text;
      this.places = this.read(text);
    }
    return this.places.lines.before(placeOf(this.places.root, path).offset);
  }
}
