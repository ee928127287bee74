import type { ReportData, View } from "../fleet/contract.ts";
import type { Texts } from "../fleet/texts.ts";
import { el, part, refill } from "./dom.ts";

type Name = Exclude<keyof View, "sort">;
const selects: readonly Name[] = ["state", "subscription", "configuration", "region", "freshness"];

/** The fields that say which rows are shown. */
export class Filters {
  readonly #control = (name: Name) => part(`filter-${name}`) as HTMLInputElement | HTMLSelectElement;
  readonly #offered = new Map<Name, string>();

  /** @param changed is told what the user has chosen */
  constructor(changed: (filter: Partial<View>) => void, clear: () => void) {
    part("filters").addEventListener("input", ({ target }) => {
      if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLSelectElement)) return;
      const { filter } = target.dataset;
      if (filter !== undefined) changed({ [filter]: target.value });
    });
    part("filters").addEventListener("submit", (event) => event.preventDefault());
    part("clear").addEventListener("click", clear);
  }

  /** Shows what is chosen, and offers what can be. */
  show(view: View, { names, totals }: Pick<ReportData, "names" | "totals">, texts: Texts): void {
    const offers: Readonly<Record<string, readonly (readonly [value: string, label: string])[]>> = {
      state: [
        ...totals.states.map(({ state, name }) => [state, name] as const),
        ...(totals.others.length > 0 ? [["others", texts.others] as const] : []),
      ],
      subscription: Object.entries(names.subscriptions),
      configuration: Object.entries(names.configurations),
      region: Object.entries(names.regions),
      freshness: [
        ["behind", texts.behindOnly],
        ["unchecked", texts.uncheckedOnly],
      ],
    };
    for (const name of selects) {
      const control = this.#control(name);
      const chosen = view[name];
      const known = offers[name] ?? [];
      const offered = JSON.stringify(known);
      // What is no longer there stays chosen until the user chooses otherwise.
      const missing = chosen !== "" && known.every(([value]) => value !== chosen);
      if (offered !== this.#offered.get(name) || missing) {
        const all = [["", texts.all], ...known, ...(missing ? [[chosen, chosen]] : [])];
        refill(control, ...all.map(([value = "", label = ""]) => optionOf(value, label)));
        this.#offered.set(name, offered);
      }
      if (control.value !== chosen) control.value = chosen;
    }
    const text = this.#control("text");
    if (text.value !== view.text) text.value = view.text;
  }

  focus(): void {
    this.#control("text").focus();
  }
}

function optionOf(value: string, label: string): HTMLOptionElement {
  const option = el("option", {}, label);
  option.value = value;
  return option;
}
