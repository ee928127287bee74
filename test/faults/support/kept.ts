import type { WindowStorage } from "../../../src/fleet/upgrades/followedUpgrades.ts";
import { Journal } from "../../../src/fleet/plans/journal.ts";
import type { PlanFolder } from "../../../src/fleet/plans/planFolder.ts";
import { silentLog } from "../../unit/fleet/fakes.ts";

/** The journal of one more window on a folder, without a heartbeat. */
export function journalOver(folder: PlanFolder): Journal {
  return new Journal({
    folder,
    owner: globalThis.crypto.randomUUID(),
    now: () => Date.now(),
    every: () => ({ dispose: () => undefined }),
    log: silentLog,
  });
}

/** What VS Code keeps for a window: text, so that what was kept is what another window reads. */
export class Kept implements WindowStorage {
  texts: ReadonlyMap<string, string>;
  /** All that was ever kept. */
  readonly everything: string[] = [];

  constructor(texts: ReadonlyMap<string, string> = new Map()) {
    this.texts = texts;
  }

  get(key: string): unknown {
    const text = this.texts.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  update(key: string, value: unknown): Promise<void> {
    const texts = new Map(this.texts);
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) texts.delete(key);
    else texts.set(key, text);
    this.everything.push(`${key} ${text}`);
    this.texts = texts;
    return Promise.resolve();
  }
}
