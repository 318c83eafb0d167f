import { Kitchen } from './kitchen';

/** A pattern, or several that go together. */
export interface Dish {
  /** The meshes of recipes that it is for; by default all. */
  readonly meshes?: readonly string[];
  /** Makes it. */
  readonly make: (kitchen: Kitchen) => void;
}
