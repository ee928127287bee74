import * as vscode from "vscode";
import { minuteMs } from "../../core/milliseconds.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { countOfScaleSets } from "../../ui/counts.ts";
import { localize } from "../../ui/messages.ts";
import { withProgress } from "../../ui/run.ts";

/** How long what was read of a set is taken for how it is. */
const maxAgeMs = 15 * minuteMs;

/** Asks Azure what no list holds of scale sets: the versions that their instances run, their health, their upgrades. */
export class EligibilityFactsReader implements vscode.Disposable {
  readonly #store: FleetStore;
  readonly #reading = new Map<IdKey, number>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** Called when other sets are being read. */
  readonly onDidChange = this.#changed.event;

  constructor(store: FleetStore) {
    this.#store = store;
  }

  get isBusy(): boolean {
    return this.#reading.size > 0;
  }

  isReading({ id }: ScaleSetRecord): boolean {
    return this.#reading.has(idKey(id));
  }

  /** As `read`, of those sets whose facts are not known or no longer taken for how they are. */
  readStale(records: readonly ScaleSetRecord[]): Promise<void> {
    return this.read(records.filter((record) => !isFresh(record)));
  }

  /** Shows how far it has come; the user can cancel it, and keeps what was read until then. Throws CancellationError then. */
  async read(records: readonly ScaleSetRecord[]): Promise<void> {
    if (records.length === 0) return;
    const keys = records.map(({ id }) => idKey(id));
    this.#count(keys, 1);
    try {
      await withProgress(this.#title(records), async (report, signal) => {
        const increment = 100 / keys.length;
        await this.#store.readEligibilityFacts(keys, signal, ({ done, total, name }) =>
          report({ message: vscode.l10n.t("{0} of {1}: {2}", done, total, name), increment }),
        );
      });
    } finally {
      this.#count(keys, -1);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #title([first, ...others]: readonly ScaleSetRecord[]): string {
    const name = others.length === 0 ? first?.name : undefined;
    const title = vscode.l10n.t("Checking {0}", name ?? localize(countOfScaleSets(others.length + 1)));
    return this.#store.snapshot.origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", title) : title;
  }

  #count(keys: readonly IdKey[], by: 1 | -1): void {
    for (const key of keys) {
      const count = (this.#reading.get(key) ?? 0) + by;
      if (count === 0) this.#reading.delete(key);
      else this.#reading.set(key, count);
    }
    this.#changed.fire();
  }
}

function isFresh({ eligibilityFacts }: ScaleSetRecord): boolean {
  return eligibilityFacts !== undefined && Date.now() - Date.parse(eligibilityFacts.at) < maxAgeMs;
}
