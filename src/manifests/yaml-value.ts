import { Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { Json, JsonPath, MAX_DEPTH, setKey, TOO_DEEP } from './json';
import { keyOf, resolvePlain, resolveTagged } from './yaml-scalar';
import { misplacedTab } from './yaml-tabs';

/** A text that is not YAML, or more than JSON can say. */
export class YamlError extends Error {
  constructor(message: string, readonly offset: number) {
    super(message);
  }
}

/** What a document holds. */
export interface YamlDocument {
  /** Undefined when it is empty. */
  readonly value: Json | undefined;
  /** The keys that a mapping has twice. The last one counts. */
  readonly duplicates: readonly JsonPath[];
}

type Members = { [key: string]: Json };

interface Frame {
  /** The mapping or sequence under construction. */
  readonly target: Members | Json[];
  readonly sequence: boolean;
  readonly anchor: Anchor | undefined;
  key: string | undefined;
  isMerge: boolean;
  /** The keys that came by a merge, which an own key may replace. */
  merged: Set<string> | undefined;
  /** How many nodes it is, with those that aliases stand for. */
  size: number;
}

interface Anchor {
  value: Json;
  /** The text of a scalar, for when it is used as a key. */
  text: string;
  size: number;
  open: boolean;
}

const MAX_KEY = 1024;
/** Escapes that YAML 1.2 has and 1.1 lacks. */
const FOREIGN_ESCAPE = /(?:^|[^\\])(?:\\\\)*\\(?:\/|u[dD][89a-fA-F]|U0000[dD][89a-fA-F])/;
const STANDARD_TAG = /^(?:!!|!<tag:yaml\.org,2002:)([a-z]+)>?$/;

/** What the parser says of brackets and quotes that go on in a line that is indented too little, which YAML forbids and kubectl takes. */
const TOO_LITTLE = 'deficient indentation';
const INDENTATION = ' '.repeat(64);
const MAX_REPEATS = 16;
/** How many characters may be read again for such lines. */
const MAX_READ_AGAIN = 4 * 1024 * 1024;

/** The events of a text. */
function parse(text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof YAMLException) {
      const tooDeep = error.reason.startsWith('nesting exceeded');
      throw new YamlError(tooDeep ? TOO_DEEP : error.reason, error.mark?.position ?? 0);
    }
    throw error;
  }
}

/** The text and its events. Lines within brackets and quotes are indented where they must be, which changes neither what they mean nor their number. */
export function parseYaml(text: string): { readonly text: string; readonly events: Event[] } {
  let indented = text;
  let readAgain = 0;
  let last = -1;
  let repeats = 0;
  for (;;) {
    try {
      return { text: indented, events: parse(indented) };
    } catch (error) {
      if (!(error instanceof YamlError) || error.message !== TOO_LITTLE) {
        throw error;
      }
      const start = indented.lastIndexOf('\n', error.offset - 1) + 1;
      readAgain += indented.length;
      repeats = start === last ? repeats + 1 : 0;
      if (repeats > MAX_REPEATS || readAgain > MAX_READ_AGAIN) {
        throw new YamlError('indent what goes on within brackets or quotes', error.offset);
      }
      last = start;
      indented = indented.slice(0, start) + INDENTATION + indented.slice(start);
    }
  }
}

/** Reads a document as kubectl does. */
export function readYamlDocument(text: string): YamlDocument {
  const parsed = parseYaml(text);
  const tab = text.includes('\t') ? misplacedTab(parsed.text, parsed.events) : undefined;
  if (tab !== undefined) {
    throw new YamlError('a tab may not indent: use spaces', tab);
  }
  return new Reader(parsed.text, parsed.events).read();
}

/** Makes values of the events of the parser, with the meaning that they have for kubectl; js-yaml's own constructor differs in tags, merges, aliases and keys. */
class Reader {
  private readonly frames: Frame[] = [];
  private readonly anchors = new Map<string, Anchor>();
  private readonly duplicates: JsonPath[] = [];
  private root: Json | undefined;
  private aliased = 0;
  private total = 0;
  private offset = 0;

  constructor(private readonly text: string, private readonly events: Event[]) {
  }

  read(): YamlDocument {
    let documents = 0;
    for (const event of this.events) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          documents++;
          if (documents > 1) {
            this.fail("kubectl ignores what follows '...': begin it with '---'");
          }
          if (event.explicitStart) {
            this.fail("'---' must begin its line");
          }
          break;
        case EVENT_ID.SEQUENCE:
        case EVENT_ID.MAPPING:
          this.offset = event.start;
          this.open(event.type === EVENT_ID.SEQUENCE, this.anchor(event));
          break;
        case EVENT_ID.SCALAR:
          this.offset = event.valueStart;
          this.scalar(event);
          break;
        case EVENT_ID.ALIAS:
          this.offset = event.anchorStart;
          this.alias(this.text.slice(event.anchorStart, event.anchorEnd));
          break;
        default:
          this.close();
      }
    }
    return { value: this.root, duplicates: this.duplicates };
  }

  private anchor(event: { anchorStart: number; anchorEnd: number }): Anchor | undefined {
    if (event.anchorStart < 0) {
      return undefined;
    }
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    if (!/^[\w-]+$/.test(name)) {
      this.fail(`the name of an anchor consists of letters, digits, - and _, got '${shorten(name)}'`);
    }
    const anchor = { value: null, text: '', size: 1, open: true };
    this.anchors.set(name, anchor);
    return anchor;
  }

  private open(sequence: boolean, anchor: Anchor | undefined): void {
    this.frames.push({ target: sequence ? [] : {}, sequence, anchor, key: undefined, isMerge: false, merged: undefined, size: 1 });
  }

  private close(): void {
    const frame = this.frames.pop();
    // The end of the document has no frame.
    if (frame) {
      if (frame.anchor) {
        Object.assign(frame.anchor, { value: frame.target, size: frame.size, open: false });
      }
      this.total++;
      this.add(frame.target as Json, '', frame.size, false);
    }
  }

  private scalar(event: Event & { type: typeof EVENT_ID.SCALAR }): void {
    const text = getScalarValue(this.text, event);
    if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && FOREIGN_ESCAPE.test(this.text.slice(event.valueStart, event.valueEnd))) {
      this.fail('kubectl knows no escape \\/, and none of half a character such as \\ud83d: write the character itself');
    }
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const tag = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    const frame = this.frames.at(-1);
    if (frame && !frame.sequence && frame.key === undefined && !frame.isMerge && text === '<<' && (plain || tag === '!!merge')) {
      frame.isMerge = true;
      return;
    }
    const value = tag === '' ? (plain ? resolvePlain(text) : text) : this.tagged(tag, text);
    const anchor = this.anchor(event);
    if (anchor) {
      Object.assign(anchor, { value, text, open: false });
    }
    this.total++;
    this.add(value, text, 1, false);
  }

  private tagged(tag: string, text: string): string | number | boolean | null {
    const value = resolveTagged(STANDARD_TAG.exec(tag)?.[1] ?? '', text);
    return value === undefined ? this.fail(`'${shorten(text)}' is not of the type ${tag}`) : value;
  }

  private alias(name: string): void {
    const anchor = this.anchors.get(name);
    if (!anchor) {
      this.fail(`there is no anchor '${name}' before this alias`);
    }
    if (anchor.open) {
      this.fail(`the value of anchor '${name}' contains itself`);
    }
    this.expand(anchor.size);
    this.add(anchor.value, anchor.text, anchor.size, true);
  }

  /** Counts nodes that are there once more by an alias, and stops where Go does: at 99 of 100 nodes, and at 396,000. */
  private expand(size: number): void {
    this.aliased += size;
    this.total += size;
    if (this.aliased > 100 && this.total > 1000 && this.aliased > Math.min(396000, 0.99 * this.total)) {
      this.fail('aliases stand for too many values: write them out, or into several documents');
    }
  }

  private add(value: Json, text: string, size: number, isAlias: boolean): void {
    if (typeof value === 'number' && !Number.isFinite(value) && !this.isKeyNext()) {
      this.fail(`JSON has no ${value}: quote it if it is a word`);
    }
    const frame = this.frames.at(-1);
    if (!frame) {
      this.root = value;
      return;
    }
    frame.size += size;
    if (frame.sequence) {
      (frame.target as Json[]).push(value);
    } else if (frame.isMerge) {
      frame.isMerge = false;
      this.merge(frame, value, isAlias);
    } else if (frame.key === undefined) {
      frame.key = this.key(value, text);
    } else {
      const key = frame.key;
      if (Object.hasOwn(frame.target, key) && !frame.merged?.delete(key)) {
        this.duplicates.push(this.path());
      }
      setKey(frame.target as Members, key, value);
      frame.key = undefined;
    }
  }

  private isKeyNext(): boolean {
    const frame = this.frames.at(-1);
    return frame !== undefined && !frame.sequence && frame.key === undefined && !frame.isMerge;
  }

  private key(value: Json, text: string): string {
    if (typeof value === 'object' && value !== null) {
      this.fail('a list or mapping cannot be a key: is something like {{ }} of a template left, or are quotes missing?');
    }
    if (text.length > MAX_KEY && !this.text.slice(0, this.offset).trimEnd().endsWith('?')) {
      this.fail(`a key has at most ${MAX_KEY} characters, got ${text.length}`);
    }
    return keyOf(value as string | number | boolean | null, text) ?? this.fail(`${value === null ? 'null' : value} cannot be a key: quote it`);
  }

  /** Go takes keys of a merge over those before it in the mapping, and the first of several sources over the others. */
  private merge(frame: Frame, value: Json, isAlias: boolean): void {
    const sources = Array.isArray(value) && !isAlias ? value : [value];
    for (const source of [...sources].reverse()) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        this.fail('\'<<\' merges a mapping or a list of mappings only');
      }
      frame.merged ??= new Set();
      const keys = Object.keys(source);
      this.expand(keys.length);
      for (const key of keys) {
        setKey(frame.target as Members, key, (source as Members)[key]);
        frame.merged.add(key);
      }
    }
  }

  private path(): JsonPath {
    return this.frames.map(frame => frame.sequence ? (frame.target as Json[]).length : frame.key ?? '<<');
  }

  private fail(message: string): never {
    throw new YamlError(message, Math.max(this.offset, 0));
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
