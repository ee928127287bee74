import * as vscode from "vscode";
import { beginsUpgrade } from "../../core/plans/kinds/natures.ts";
import type { Azure } from "../../azure/contracts.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { ChangeResult } from "../../core/plans/plan.ts";
import type { EndedUpgrade, UpgradeWatch } from "../../fleet/upgrades/upgradeWatch.ts";
import { Gathered } from "../../ui/gathered.ts";
import type { Session } from "../session/session.ts";

export interface UpgradeFollowerOptions {
  readonly watch: Pick<UpgradeWatch, "followed" | "follow" | "onDidEnd">;
  readonly session: Pick<Session, "azure" | "onDidChange">;
  /** Tells how upgrades have ended. */
  tell(ended: readonly EndedUpgrade[]): void;
}

/** Upgrades that started together and are reported together. */
interface Group {
  /** Those that have not ended. */
  readonly running: Set<IdKey>;
  readonly ended: EndedUpgrade[];
}

/** How long the ends of several groups are gathered, in milliseconds: the watch looks at each set every 10 s. */
const gatherMs = 15_000;

/**
 * Follows upgrades to their end, those that were begun together in one: says then what happened and what to do. How far they are is shown in
 * the status bar and the Activity view. What a window before this one followed is one group.
 */
export class UpgradeFollower implements vscode.Disposable {
  readonly #options: UpgradeFollowerOptions;
  readonly #listening: vscode.Disposable;
  readonly #ends: Gathered<readonly EndedUpgrade[]>;
  #groups: readonly Group[] = [];
  #azure: Azure | undefined;

  constructor(options: UpgradeFollowerOptions) {
    this.#options = options;
    this.#ends = new Gathered({
      forMs: gatherMs,
      isMoreExpected: () => this.#groups.length > 0,
      tell: (groups) => options.tell(groups.flat()),
    });
    this.#listening = vscode.Disposable.from(
      options.session.onDidChange(() => this.#follow()),
      options.watch.onDidEnd((end) => this.#end(end)),
      this.#ends,
    );
  }

  /** Follows the upgrades that a plan began or let go on. */
  took(results: readonly ChangeResult[]): void {
    const begun = results.filter(
      ({ change: { kind }, outcome: { status } }) =>
        beginsUpgrade({ kind }) && (status === "done" || status === "underWay"),
    );
    this.follow(
      begun.map(({ change: { kind, target, before } }) => ({
        id: target,
        ...(kind === "startUpgrade" && before !== undefined && { before }),
      })),
    );
  }

  follow(upgrades: readonly { readonly id: string; readonly before?: JsonObject }[]): void {
    for (const { id, before } of upgrades) this.#options.watch.follow(id, before);
    this.#group(upgrades.map(({ id }) => id));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** Once an Azure is connected, follows there what was followed before. */
  #follow(): void {
    const { session, watch } = this.#options;
    if (session.azure === this.#azure) return;
    this.#azure = session.azure;
    this.#groups = [];
    this.#ends.dispose();
    this.#group(watch.followed.map(({ scaleSetId }) => scaleSetId));
  }

  #group(ids: readonly string[]): void {
    const known = (key: IdKey) => this.#groups.some(({ running }) => running.has(key));
    const running = new Set(ids.map(idKey).filter((key) => !known(key)));
    if (running.size > 0) this.#groups = [...this.#groups, { running, ended: [] }];
  }

  #end(end: EndedUpgrade): void {
    const group = this.#groups.find(({ running }) => running.delete(idKey(end.scaleSetId)));
    if (group === undefined) return;
    group.ended.push(end);
    if (group.running.size > 0) return;
    this.#groups = this.#groups.filter((other) => other !== group);
    this.#ends.add(group.ended);
  }
}
