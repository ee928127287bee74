import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { minuteMs } from "../../core/milliseconds.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { summaryOf } from "../../fleet/snapshot/summary.ts";
import type { Summary } from "../../fleet/snapshot/summary.ts";
import { moreToCome } from "../../tree/fleet/arriving.ts";
import type { FleetTree } from "../../tree/fleet/fleetTree.ts";
import type { FleetNode } from "../../tree/fleet/node.ts";
import { ageInWords, summaryInWords } from "../../tree/fleet/summaryInWords.ts";
import { clockLocale } from "../../ui/clock.ts";
import { localize } from "../../ui/messages.ts";
import { plainText } from "../../ui/outside.ts";
import type { Session } from "../session/session.ts";
import type { SandboxHost } from "../session/sandboxHost.ts";
import { viewStateOf } from "../session/viewState.ts";
import { followWaits } from "../session/waiting.ts";

export interface StatusOptions {
  readonly session: Session;
  readonly sandbox: SandboxHost;
  readonly store: FleetStore;
  readonly tree: Pick<FleetTree, "filter" | "summary" | "onDidChangeView" | "onDidMatch">;
  readonly view: vscode.TreeView<FleetNode>;
  /** The views below it. */
  readonly others: readonly Pick<vscode.TreeView<unknown>, "description">[];
}

/** How long changes of the fleet are gathered. */
const gatherMs = 150;

/** Keeps context keys, the views' description and the badge in step with the session, the fleet and the settings. */
export function followStatus(options: StatusOptions): vscode.Disposable {
  const { session, store, tree } = options;
  const shown = new Map<string, unknown>();
  let wait: string | undefined;
  const update = () => {
    const context = { ...contextOf(options), waiting: wait !== undefined };
    for (const [key, value] of Object.entries(context)) {
      if (shown.get(key) === value) continue;
      shown.set(key, value);
      vscode.commands.executeCommand("setContext", `scaleSetMaintenance.${key}`, value);
    }
    const description = descriptionOf(options);
    const summary = summaryOf(store.snapshot.scaleSets);
    options.view.description = inARow([description, ...textFilterOf(tree)]);
    for (const other of options.others) other.description = description;
    options.view.message =
      wait === undefined
        ? context.state === "ready"
          ? messageOf(options)
          : ""
        : inARow([description, wait]);
    options.view.badge = badgeOf(summary, store);
  };
  update();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // During a refresh the fleet changes many times a second, and each update counts everything.
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      update();
    }, gatherMs);
  };
  // What is shown gets older by itself.
  const clock = setInterval(update, minuteMs);
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(timer) },
    { dispose: () => clearInterval(clock) },
    session.onDidChange(update),
    followWaits(session, (sentence) => {
      wait = sentence;
      update();
    }),
    store.onDidChange(soon),
    tree.onDidChangeView(update),
    tree.onDidMatch(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("scaleSetMaintenance")) update();
    }),
  );
}

function contextOf({ session, sandbox, store, tree }: StatusOptions) {
  return {
    origin: session.origin,
    state: viewStateOf(session.state, store.snapshot),
    filtered: tree.filter !== "",
    sandboxResettable: session.origin === "sandbox" && sandbox.isInProcess,
  };
}

/** Which Azure it is, and that a filter is on. The public cloud is what everyone expects, so it is not named. */
function descriptionOf({ session: { azure }, store }: StatusOptions): string {
  return inARow([...sandboxOf(azure), ...cloudOf(azure), ...filterOf(store), ...ageOf(store)]);
}

/**
 * Says the same in the view itself, since VS Code shows no description while a view is the only one shown of its container.
 * Only above nodes: a message takes the place of the welcome view.
 */
function messageOf({ session: { azure }, store, tree }: StatusOptions): string {
  const more = moreToCome(store.snapshot);
  return inARow([
    ...sandboxOf(azure),
    ...cloudOf(azure),
    ...filterOf(store),
    ...standingOf(tree),
    ...ageOf(store),
    ...(more ? [localize(more)] : []),
  ]);
}

function textFilterOf({ filter }: StatusOptions["tree"]): readonly string[] {
  return filter === "" ? [] : [vscode.l10n.t("Filter: {0}", filter)];
}

/** What is wrong, and how many, of what is shown. A title action clears the filter. */
function standingOf({ filter, summary }: StatusOptions["tree"]): readonly string[] {
  if (filter === "") return summary.count === 0 ? [] : [localize(summaryInWords(summary, false))];
  const standing =
    summary.count === 0 ? vscode.l10n.t("No scale sets match") : localize(summaryInWords(summary, true));
  return [vscode.l10n.t("Filter: {0}", filter), standing];
}

function ageOf({ snapshot }: FleetStore): readonly string[] {
  const age = ageInWords(snapshot, { now: new Date().toISOString(), locale: clockLocale() });
  return age === undefined ? [] : [localize(age)];
}

function sandboxOf(azure: Azure | undefined): readonly string[] {
  return azure?.origin === "sandbox" ? [vscode.l10n.t("Sandbox")] : [];
}

function cloudOf(azure: Azure | undefined): readonly string[] {
  return azure?.origin !== "azure" || azure.cloud.name === "AzureCloud" ? [] : [azure.cloud.name];
}

function filterOf({ snapshot: { subscriptions, hiddenSubscriptions } }: FleetStore): readonly string[] {
  if (hiddenSubscriptions === 0) return [];
  const all = subscriptions.size + hiddenSubscriptions;
  return [vscode.l10n.t("Filtered: {0} of {1} subscriptions", subscriptions.size, all)];
}

function badgeOf({ needAttention: value }: Summary, { snapshot }: FleetStore): vscode.ViewBadge | undefined {
  if (!vscode.workspace.getConfiguration("scaleSetMaintenance").get("badge", true)) return undefined;
  if (value === 0) return undefined;
  const count =
    value === 1
      ? vscode.l10n.t("1 scale set needs attention")
      : vscode.l10n.t("{0} scale sets need attention", value);
  const more = moreToCome(snapshot);
  return { value, tooltip: inARow([count, more ? localize(more) : ""]) };
}

/** The name of a cloud and what was typed as a filter are from outside. */
function inARow(parts: readonly string[]): string {
  return plainText(parts.filter((part) => part !== "").join(" · "));
}
