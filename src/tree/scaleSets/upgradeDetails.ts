import { joined, message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { instancesInWords } from "../../core/upgrades/freshnessInWords.ts";
import { isRunning, progressOf } from "../../core/upgrades/upgrade.ts";
import type { UpgradeProgress } from "../../core/upgrades/upgrade.ts";
import { durationInWords, progressInWords, shareInWords } from "../../core/upgrades/upgradeInWords.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { Detail } from "../leaves.ts";
import { momentInWords } from "../times.ts";
import type { Clock, Icon } from "../view.ts";

export const upgradingIcon: Icon = { id: "sync~spin", color: "charts.blue" };

/** How far the upgrade of a set is that runs; undefined while none does. */
export function runningProgress(
  record: Pick<ScaleSetRecord, "upgrade" | "resource" | "instanceView" | "health">,
  { now }: Pick<Clock, "now">,
): UpgradeProgress | undefined {
  const { upgrade } = record;
  return upgrade !== undefined && isRunning(upgrade) ? progressOf(upgrade, now, record) : undefined;
}

/** "upgrading: batch 2 of 5, 4 of 12 instances done". */
export function upgradingInWords(progress: UpgradeProgress): Message {
  return message("upgrading: {0}", joined(", ", progressInWords(progress)));
}

/** The running upgrade below its scale set. */
export function upgradeDetail(record: ScaleSetRecord, clock: Clock): Detail | undefined {
  const progress = runningProgress(record, clock);
  if (progress === undefined) return undefined;
  return {
    name: "upgrade",
    label: message("OS upgrade"),
    value: joined(", ", progressInWords(progress)),
    icon: upgradingIcon,
    children: progressDetails(progress, clock),
  };
}

/** All that is known of how far an upgrade is, a line each. */
export function progressDetails(progress: UpgradeProgress, clock: Clock): readonly Detail[] {
  const { attempt, batch, unhealthy, unhealthyUpgraded, elapsed, remaining } = progress;
  const { successful, failed, inProgress, pending } = attempt.progress;
  const row = (name: string, label: Message, value: Message, icon: string): Detail => ({
    name: `upgrade/${name}`,
    label,
    value,
    icon: { id: icon },
  });
  return [
    row(
      "counts",
      message("Instances"),
      message(
        "{0} upgraded, {1} failed, {2} in progress, {3} pending",
        successful,
        failed,
        inProgress,
        pending,
      ),
      "server-environment",
    ),
    ...(batch === undefined
      ? []
      : [
          row(
            "batch",
            message("Batch"),
            message("{0} of {1}, at most {2} each", batch.current, batch.count, instancesInWords(batch.size)),
            "layers",
          ),
        ]),
    unhealthy === undefined
      ? {
          ...row("unhealthy", message("Unhealthy"), message("unknown"), "heart"),
          tooltip: [{ text: message("Azure hasn't reported instance health.") }],
        }
      : row("unhealthy", message("Unhealthy"), shareInWords(unhealthy), "heart"),
    row("unhealthyUpgraded", message("Unhealthy after upgrade"), shareInWords(unhealthyUpgraded), "pulse"),
    ...(attempt.started === undefined
      ? []
      : [row("began", message("Started"), verbatim(momentInWords(attempt.started, clock)), "calendar")]),
    ...(elapsed === undefined
      ? []
      : [row("elapsed", message("Running for"), durationInWords(elapsed), "watch")]),
    ...(remaining === undefined
      ? []
      : [
          {
            ...row(
              "remaining",
              message("Time left"),
              message("about {0}", durationInWords(remaining.milliseconds)),
              "history",
            ),
            tooltip: [{ text: remaining.basis }],
          },
        ]),
  ];
}
