import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { dayMs } from "../../core/milliseconds.ts";
import { idKey } from "../../core/resources/ids.ts";
import { inPieces } from "../../core/slices.ts";
import { readWindow } from "../../core/windows/window.ts";
import type { CalendarEvent } from "../../export/ics.ts";
import { upcomingOf } from "../../fleet/snapshot/upcoming.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Served } from "../../fleet/snapshot/upcoming.ts";
import { loadFlows } from "../../flows/door.ts";
import { countOfWindows } from "../../ui/counts.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import { pickMany, pickOne } from "../../ui/quickPicks.ts";
import { chosenAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { cancellable, encoded, exportFile } from "../exportFile.ts";
import { configurationIdsOf } from "../targets.ts";
import type { Handler } from "../handler.ts";
import { windowEvents } from "./windowEvents.ts";

interface Options extends FleetAccess {
  readonly log: Log;
}

/** Writes the windows of the chosen configurations, or of the nodes', into a file that calendars read. */
export const exportUpcomingWindows =
  ({ session, store, log }: Options): Handler =>
  async (nodes, selected) => {
    const { origin } = await chosenAzure(session);
    const days = await chosenPeriod();
    const now = new Date().toISOString();
    const configurations = await chosenConfigurations(
      store.snapshot,
      new Set(configurationIdsOf(nodes).map(idKey)),
      new Set(configurationIdsOf(selected).map(idKey)),
      now,
    );
    const until = new Date(Date.parse(now) + days * dayMs).toISOString();
    const { icsOf, windowsUntil } = await loadFlows();
    const { subscriptions } = store.snapshot;
    const events: CalendarEvent[] = [];
    const work = inPieces(
      configurations,
      (served) => {
        const { resource, subscriptionId } = served.record;
        const windows = windowsUntil(readWindow(resource), now, until);
        const name = subscriptions.get(subscriptionId)?.subscription.displayName ?? "";
        events.push(...windowEvents(served, windows, name));
      },
      1,
    );
    await cancellable(work);
    if (events.length === 0) return sayNone(log, days);
    await exportFile(log, {
      title: vscode.l10n.t("Export Upcoming Windows"),
      name: "upcoming-windows.ics",
      filters: { [vscode.l10n.t("Calendar")]: ["ics"] },
      text: () =>
        cancellable(encoded(icsOf({ name: calendarName(origin === "sandbox"), stamp: now, events }))),
      count: () => countOfWindows(events.length),
    });
  };

function calendarName(isSandbox: boolean): string {
  const name = vscode.l10n.t("OS upgrades");
  return isSandbox ? vscode.l10n.t("Sandbox: {0}", name) : name;
}

async function chosenPeriod(): Promise<number> {
  const items = [14, 30, 90, 365].map((days) => ({ label: vscode.l10n.t("The next {0} days", days), days }));
  const chosen = await pickOne(items, {
    title: vscode.l10n.t("Export Upcoming Windows"),
    placeHolder: vscode.l10n.t("Choose a period"),
  });
  return chosen.days;
}

/** Those of the nodes; without any the user picks among all that open windows, of which those selected are ticked to begin with, else all. */
async function chosenConfigurations(
  snapshot: Snapshot,
  keys: ReadonlySet<string>,
  selected: ReadonlySet<string>,
  now: string,
): Promise<readonly Served[]> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = [...upcomingOf(snapshot, { now, zone }).served.values()];
  if (keys.size > 0) return all.filter(({ record }) => keys.has(idKey(record.id)));
  const items = all
    .filter(({ record }) => (record.schedule?.next.length ?? 0) > 0)
    .map((served) => ({
      label: served.record.name,
      ...(served.record.schedule && { description: localize(served.record.schedule.words) }),
      picked: selected.size === 0 || selected.has(idKey(served.record.id)),
      served,
    }));
  const chosen = await pickMany(items, {
    title: vscode.l10n.t("Export Upcoming Windows"),
    placeHolder: vscode.l10n.t("Search by name or schedule"),
    none:
      items.length === 0
        ? vscode.l10n.t("No upcoming windows")
        : vscode.l10n.t("Select at least one configuration (Space)"),
  });
  return chosen.map(({ served }) => served);
}

/** A calendar without any event is none (RFC 5545 §3.6). */
function sayNone(log: Log, days: number): void {
  notify(
    vscode.window.showInformationMessage,
    vscode.l10n.t("No windows in the next {0} days. Choose more days or other configurations.", days),
    new Map(),
    log,
  );
}
