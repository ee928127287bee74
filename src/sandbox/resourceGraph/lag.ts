import type { State } from "../state.ts";

/** What Resource Graph shows of the state. */
export type Indexed = Pick<
  State,
  "subscriptions" | "groups" | "scaleSets" | "configurations" | "assignments" | "denials"
>;

/** Resource Graph's index, which knows of a write only some time after it. */
export class GraphIndex {
  /** What there was before each write that may not be known yet, the oldest first. */
  #before: { readonly write: number; readonly state: Indexed }[] = [];

  /** To be called before each write, with the instant of it and how long it will take to be known, in milliseconds. */
  remember(state: State, now: number, lag: number): void {
    if (lag === 0) return;
    const copy: Indexed = {
      ...state,
      groups: new Map(state.groups),
      scaleSets: new Map(state.scaleSets),
      configurations: new Map(state.configurations),
      assignments: new Map(state.assignments),
    };
    this.#before.push({ write: now, state: copy });
  }

  /** The state as it is known `now`: that before the first write which is not. */
  known(state: State, now: number, lag: number): Indexed {
    this.#before = this.#before.filter(({ write }) => write > now - lag);
    const [oldest] = this.#before;
    return oldest === undefined ? state : { ...oldest.state, subscriptions: state.subscriptions };
  }
}
