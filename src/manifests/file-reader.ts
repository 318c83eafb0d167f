import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ManifestObject, ManifestProblem } from './manifest-object';
import { Manifests } from './manifests';
import { readObjects } from './object-reader';

/** The name of the standard input. */
export const STDIN = '-';
/** The largest file that is read; a manifest of the size that a cluster stores is below 2 MiB. */
export const MAX_FILE_MIB = 32;
const MAX_FILE_SIZE = MAX_FILE_MIB * 1024 * 1024;
const CHUNK = 1024 * 1024;
const EXTENSIONS = /\.(?:ya?ml|json)$/;
/** What cdk8s writes beside manifests, to find the construct of each. */
const CONSTRUCT_METADATA = 'construct-metadata.json';

/** Reads files and folders with all that is in them; `-` is the standard input. */
export function readFiles(paths: readonly string[]): Manifests {
  const reader = new FileReader();
  paths.forEach(path => reader.read(path));
  return new Manifests(reader.objects, reader.problems);
}

class FileReader {
  readonly objects: ManifestObject[] = [];
  readonly problems: ManifestProblem[] = [];
  /** The files and folders that were read, by their real paths: links may lead to one twice, or in a circle. */
  private readonly seen = new Set<string>();

  read(path: string): void {
    this.attempt(path, () => {
      if (path === STDIN) {
        this.readFile(path);
      } else if (statSync(path).isDirectory()) {
        if (this.readFolder(path) === 0) {
          throw new Error('no file in it ends with .yaml, .yml or .json');
        }
      } else if (this.isNew(path)) {
        this.readFile(path);
      }
    });
  }

  /** Reads a folder, and gives the number of manifests in it, read here or before. */
  private readFolder(folder: string): number {
    if (!this.isNew(folder)) {
      return 1;
    }
    let files = 0;
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      this.attempt(path, () => {
        // A link that leads nowhere matters only if it is named as a manifest.
        const stat = statSync(path, { throwIfNoEntry: EXTENSIONS.test(name) });
        if (stat?.isDirectory() && !name.startsWith('.') && name !== 'node_modules') {
          files += this.readFolder(path);
        } else if (EXTENSIONS.test(name) && name !== CONSTRUCT_METADATA) {
          files++;
          if (!stat?.isFile()) {
            throw new Error('it is no file');
          }
          if (this.isNew(path)) {
            this.readFile(path);
          }
        }
      });
    }
    return files;
  }

  private isNew(path: string): boolean {
    const real = realpathSync(path);
    const isNew = !this.seen.has(real);
    this.seen.add(real);
    return isNew;
  }

  private readFile(path: string): void {
    const { objects, problems } = readObjects(decode(readBytes(path)), path);
    for (const object of objects) {
      this.objects.push(object);
    }
    this.problems.push(...problems);
  }

  private attempt(path: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      this.problems.push({ file: path, message: `cannot be read: ${reason(error as NodeJS.ErrnoException)}`, unreadable: true });
    }
  }
}

/** The bytes of a file, a pipe or the standard input, if they are not too many. */
function readBytes(path: string): Buffer {
  const file = path === STDIN ? 0 : openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let size = fstatSync(file).size;
    const checkSize = () => {
      if (size > MAX_FILE_SIZE) {
        throw new Error(`it is larger than ${MAX_FILE_MIB} MiB: split it into several files`);
      }
    };
    checkSize();
    for (size = 0; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const read = readSome(file, chunk);
      if (read === 0) {
        return Buffer.concat(chunks);
      }
      size += read;
      checkSize();
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    if (file !== 0) {
      closeSync(file);
    }
  }
}

function readSome(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') {
        return 0;
      }
      // The standard input may be a terminal or a pipe that has nothing yet.
      if (code !== 'EAGAIN') {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('latin1');
  if (mark === '\xff\xfe' || mark === '\xfe\xff') {
    throw new Error('it is UTF-16: save it as UTF-8');
  }
  if (!isUtf8(bytes)) {
    throw new Error(`it is not UTF-8, as the byte ${firstInvalid(bytes)} shows: save it as UTF-8, or leave it out if it is no text`);
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw new Error(`it is no text: the byte ${zero} is 0 (text in UTF-16 must be saved as UTF-8)`);
  }
  return bytes.toString('utf8');
}

/** The offset of a byte that is not UTF-8, found by halving. */
function firstInvalid(bytes: Buffer): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    // A cut within a character says nothing: up to three more bytes belong to it.
    const isValid = [0, 1, 2, 3].some(more => isUtf8(bytes.subarray(0, middle + more)));
    [valid, invalid] = isValid ? [middle, invalid] : [valid, middle];
  }
  return valid;
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its path is too long',
};

function reason(error: NodeJS.ErrnoException): string {
  return REASONS[error.code ?? ''] ?? error.message;
}
