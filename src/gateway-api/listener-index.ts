import { Listener } from './listener';
import { placesOf, rivalPlacesOf } from './listener-families';

/** A listener, and who added it. */
export interface PlacedListener {
  readonly listener: Listener;
  /** The name of the ListenerSet. */
  readonly owner: string;
  /** Its turn among all that were added. */
  readonly turn: number;
}

/** What ListenerSets add to one Gateway, so that who collides with whom is found without asking each. */
export class ListenerIndex {
  /** The first of each place: one will do to refuse another. */
  private readonly first = new Map<string, PlacedListener>();
  private turns = 0;

  public add(listener: Listener, owner: string): void {
    const placed = { listener, owner, turn: this.turns++ };
    placesOf(listener).filter(place => !this.first.has(place)).forEach(place => this.first.set(place, placed));
  }

  /** The earliest listener that collides with another one. */
  public rivalOf(listener: Listener): PlacedListener | undefined {
    const [earliest] = rivalPlacesOf(listener).flatMap(place => this.first.get(place) ?? []).sort((a, b) => a.turn - b.turn);
    return earliest;
  }
}
