import { MeshKind, Scene } from './scene';

/** A table of the page: what can be asked for, by where. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What it is about, in sentences. */
  readonly about: string;
  readonly columns: readonly Column[];
  /** The section of the same rows with sidecars, where that is another one. */
  readonly twin?: string;
  readonly rows: readonly Row[];
}

/** Where something is asked for. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly mesh: MeshKind;
  /** The column with sidecars, where that has another name; a mesh without proxies of its own writes the same objects, but for labels. */
  readonly twin?: string;
}

/** What is asked for. */
export interface Row<C extends Column = Column> {
  readonly id: string;
  /** What a user calls it. */
  readonly what: string;
  /** The members of the public API that it is about, such as `GatewayHost.tcp`. */
  readonly covers: readonly string[];
  /** The program of its cells: what it throws is why a cell is refused. */
  program(scene: Scene, column: C): void;
}
