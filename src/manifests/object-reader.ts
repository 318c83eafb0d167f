import { isJsonObject, Json, JsonObject } from './json';
import { ManifestObject, ManifestProblem, whyNoObject } from './manifest-object';
import { readDocuments, TextDocument } from './text-reader';

/** What the documents of a text are. */
export interface ObjectContent {
  readonly objects: ManifestObject[];
  readonly problems: ManifestProblem[];
}

/** Reads all objects of a text, those in lists too. */
export function readObjects(text: string, file: string): ObjectContent {
  const { documents, problems } = readDocuments(text, file);
  const content: ObjectContent = { objects: [], problems: [...problems] };
  documents.forEach(document => add(content, document, 'the document'));
  content.problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return content;
}

function add(content: ObjectContent, document: TextDocument, what: string): void {
  const { value, duplicates, origin } = document;
  if (isJsonObject(value) && isList(value)) {
    (value.items as Json[]).forEach((_, index) => add(content, itemOf(document, value, index), `item ${index} of the list`));
    return;
  }
  const message = whyNoObject(value, what) ?? ((value as JsonObject).kind === 'List' ? 'items of a List must be a list' : undefined);
  if (message) {
    content.problems.push({ file: origin.file, line: origin.line([]), message, unreadable: false });
  } else {
    content.objects.push(new ManifestObject(value as JsonObject, origin, duplicates));
  }
}

/** Whether it holds objects: a List, or one of a kind, such as a ConfigMapList. */
function isList({ kind, items }: JsonObject): boolean {
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
}

function itemOf({ duplicates, origin }: TextDocument, list: JsonObject, index: number): TextDocument {
  return {
    value: typed((list.items as Json[])[index], String(list.kind), list.apiVersion),
    duplicates: duplicates.filter(path => path[0] === 'items' && path[1] === index).map(path => path.slice(2)),
    origin: { file: origin.file, line: path => origin.line(['items', index, ...path]) },
  };
}

/** An item of a list such as a ConfigMapList need not say what it is. */
function typed(item: Json, listKind: string, apiVersion: Json): Json {
  const kind = listKind.slice(0, -'List'.length);
  return isJsonObject(item) && kind !== '' && !('kind' in item) && !('apiVersion' in item) ? { apiVersion, kind, ...item } : item;
}
