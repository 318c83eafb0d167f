import { Json, JsonPath, TOO_DEEP } from './json';
import { jsonPlaces, scanJson } from './json-scan';
import { ManifestProblem, Origin } from './manifest-object';
import { Lines } from './place';
import { yamlPlaces } from './yaml-position';
import { readYamlDocument, YamlError } from './yaml-value';

/** A document of a text that is not empty. */
export interface TextDocument {
  readonly value: Json;
  /** The keys that a mapping has twice. The last one counts. */
  readonly duplicates: readonly JsonPath[];
  readonly origin: Origin;
}

/** What a text holds. */
export interface TextContent {
  readonly documents: TextDocument[];
  readonly problems: ManifestProblem[];
}

/** A part of a file. */
interface Part {
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
}

/** What YAML 1.1 does not take, or takes for the end of a line, which everybody else does not. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/;
/** What may be a number beyond the largest that a double holds. */
const HUGE_NUMBER = /(?<=[:[,\s])-?\d+(?:\.\d+)?[eE]\+?\d{3,}(?=\s*[,}\]])/;
/** More documents than this in a file are no work of people or of their tools. */
const MAX_DOCUMENTS = 25000;
/** A part that may be blank, as it is between two separators. */
const MAX_BLANK = 80;
const BYTE_ORDER_MARK = '\ufeff';
const SEPARATOR = '---';

/** Reads all documents of a text, as kubectl does. */
export function readDocuments(text: string, file: string): TextContent {
  const lines = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return new TextReader(lines.startsWith(BYTE_ORDER_MARK) ? lines.slice(1) : lines, file).read();
}

class TextReader {
  private readonly content: TextContent = { documents: [], problems: [] };
  private lines: Lines | undefined;

  constructor(private readonly text: string, private readonly file: string) {
  }

  read(): TextContent {
    let parts = 0;
    for (const part of this.parts()) {
      if (part.text.length <= MAX_BLANK && part.text.trim() === '') {
        continue;
      }
      if (parts++ === MAX_DOCUMENTS) {
        this.problem(this.lineAt(part.start), `a file may have ${MAX_DOCUMENTS} documents: split it into several files; the rest was not read`, true);
        break;
      }
      try {
        this.readPart(part);
      } catch (error) {
        if (!(error instanceof YamlError)) {
          throw error;
        }
        this.problem(this.lineAt(part.start) + new Lines(part.text).before(error.offset), error.message, true);
      }
    }
    return this.content;
  }

  /** The parts between lines that begin with `---`. */
  private *parts(): Generator<Part> {
    let start = 0;
    for (let at = this.text.startsWith(SEPARATOR) ? 0 : this.nextSeparator(0); at >= 0; at = this.nextSeparator(start)) {
      yield { text: this.text.slice(start, at), start };
      const lineEnd = this.text.indexOf('\n', at);
      const rest = this.text.slice(at + SEPARATOR.length, lineEnd < 0 ? undefined : lineEnd).trim();
      if (rest !== '' && !rest.startsWith('#')) {
        const shown = rest.length > 40 ? `${rest.slice(0, 40)}…` : rest;
        this.problem(this.lineAt(at), `nothing but a comment may follow '---', got '${shown}': write it in the next line; the rest of the file was not read`, true);
        return;
      }
      start = lineEnd < 0 ? this.text.length : lineEnd + 1;
      if (this.text.startsWith(SEPARATOR, start)) {
        start -= 1;
      }
    }
    yield { text: this.text.slice(start), start };
  }

  private nextSeparator(from: number): number {
    const at = this.text.indexOf(`\n${SEPARATOR}`, from);
    return at < 0 ? -1 : at + 1;
  }

  private readPart(part: Part): void {
    // It may begin each of several files that were joined.
    const text = part.text.startsWith(BYTE_ORDER_MARK) ? part.text.slice(1) : part.text;
    if (text.trimStart().startsWith('{') && this.readJson({ text, start: part.start })) {
      return;
    }
    const forbidden = text.search(FORBIDDEN);
    if (forbidden >= 0) {
      const code = text.charCodeAt(forbidden).toString(16).toUpperCase().padStart(4, '0');
      throw new YamlError(`the character U+${code} may not be in YAML as it is: write it as "\\u${code}" in double quotes, or remove it`, forbidden);
    }
    const { value, duplicates } = readYamlDocument(text);
    this.document(value, duplicates, {
      file: this.file,
      line: path => this.lineAt(part.start) + yamlPlaces.linesBefore(text, path),
    });
  }

  /** Reads JSON objects that follow each other; false when it is not JSON, but YAML that looks like it. */
  private readJson(part: Part): boolean {
    const found: { value: Json; text: string; start: number; duplicates: readonly JsonPath[] }[] = [];
    let rest = part.text;
    while (rest.trimStart() !== '') {
      const { end, tooDeep, duplicates } = scanJson(rest);
      if (tooDeep) {
        throw new YamlError(TOO_DEEP, part.text.length - rest.length + end);
      }
      const text = rest.slice(0, end);
      const start = part.text.length - rest.length;
      try {
        found.push({ value: JSON.parse(text) as Json, text, start, duplicates });
      } catch {
        return false;
      }
      const tooLarge = HUGE_NUMBER.exec(text);
      if (tooLarge && !Number.isFinite(Number(tooLarge[0]))) {
        throw new YamlError('a number does not fit into 64 bits', start + tooLarge.index);
      }
      rest = rest.slice(end);
    }
    for (const { value, text, start, duplicates } of found) {
      const origin: Origin = {
        file: this.file,
        line: path => this.lineAt(part.start + start) + jsonPlaces.linesBefore(text, path),
      };
      this.document(value, duplicates, origin);
    }
    return true;
  }

  private document(value: Json | undefined, duplicates: readonly JsonPath[], origin: Origin): void {
    if (value !== undefined && value !== null) {
      this.content.documents.push({ value, duplicates, origin });
    }
  }

  private problem(line: number | undefined, message: string, unreadable: boolean): void {
    this.content.problems.push({ file: this.file, line, message, unreadable });
  }

  /** The number of the line of an offset, from 1. */
  private lineAt(offset: number): number {
    this.lines ??= new Lines(this.text);
    return this.lines.before(offset) + 1;
  }
}
