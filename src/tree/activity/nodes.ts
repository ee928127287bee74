import { attemptOf } from "../../core/upgrades/attempts.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { beganAt, progressOf } from "../../core/upgrades/upgrade.ts";
import { fullAzureMessage } from "../../core/upgrades/upgradeErrors.ts";
import {
  durationInWords,
  endingOf,
  moreInWords,
  outcomeName,
  progressInWords,
} from "../../core/upgrades/upgradeInWords.ts";
import type { Ending } from "../../core/upgrades/upgradeInWords.ts";
import { resultsLeft, undoneBy } from "../../fleet/plans/planBoard.ts";
import type { KeptAttempt } from "../../fleet/upgrades/history.ts";
import { detailView } from "../leaves.ts";
import type { Detail } from "../leaves.ts";
import { collator } from "../fleet/layout.ts";
import { scaleSetContext } from "../scaleSets/scaleSetView.ts";
import { momentInWords } from "../times.ts";
import { progressDetails, runningProgress, upgradingIcon } from "../scaleSets/upgradeDetails.ts";
import { inABreath, inARow } from "../view.ts";
import type { Clock, Icon, NodeView } from "../view.ts";
import { activityGroup, endedNode, planNode, runningNode } from "./node.ts";
import type { ActivityGroup, ActivityLine, ActivityNode, PlanNode, UpgradeNode } from "./node.ts";
import { originInWords, planContext, planIcon, planStateExplained, planStateInWords } from "./planState.ts";
import { endedLately, maxEndedUpgrades, upgradingSets } from "./state.ts";
import type { ActivityState } from "./state.ts";
import { unreadDetail } from "./unreadPlans.ts";

/** What a node shows; undefined when the state has its subject no more. */
export function viewOf(node: ActivityNode, state: ActivityState): NodeView | undefined {
  switch (node.kind) {
    case "runningUpgrades":
    case "endedUpgrades":
    case "appliedPlans":
      return groupView(node, state);
    case "runningUpgrade":
      return runningView(node, state);
    case "endedUpgrade":
      return endedView(node, state);
    case "appliedPlan":
      return planView(node, state);
    case "activityLine":
      return node.view;
  }
}

/** The nodes below `node`, those at the root without one. */
export function childrenOf(node: ActivityNode | undefined, state: ActivityState): readonly ActivityNode[] {
  switch (node?.kind) {
    case undefined:
      return groups(state);
    case "runningUpgrades":
      return runningChildren(node, state);
    case "endedUpgrades":
      return endedChildren(node, state);
    case "appliedPlans":
      return planChildren(node, state);
    case "runningUpgrade":
      return runningDetails(node, state).map((detail) => lineOf(node, detail));
    case "endedUpgrade":
      return endedDetails(node, state).map((detail) => lineOf(node, detail));
    default:
      return [];
  }
}

function groups(state: ActivityState): readonly ActivityNode[] {
  const running = upgradingSets(state).length;
  const ended = endedLately(state).length;
  // With nothing at all the view's own text says what would be here.
  const plans = state.plans.length + (state.unread?.length ?? 0);
  if (running + ended + plans === 0) return [];
  return [
    activityGroup("runningUpgrades"),
    ...(ended > 0 ? [activityGroup("endedUpgrades")] : []),
    ...(plans > 0 ? [activityGroup("appliedPlans")] : []),
  ];
}

function groupView({ kind }: ActivityGroup, state: ActivityState): NodeView {
  const view = (label: Message, count: number, icon: string): NodeView => ({
    label,
    description: verbatim(String(count)),
    icon: { id: icon },
    tooltip: () => ({ title: label, lines: [] }),
    spoken: message("{0}: {1}", label, count),
    contextValue: kind,
    children: "expanded",
  });
  switch (kind) {
    case "runningUpgrades":
      return view(message("Running upgrades"), upgradingSets(state).length, "sync");
    case "endedUpgrades":
      return view(message("Ended in the last 14 days"), endedLately(state).length, "history");
    case "appliedPlans":
      return view(message("Your changes"), state.plans.length, "checklist");
  }
}

/** Never empty, so that VS Code shows it open from the start. */
function runningChildren(parent: ActivityGroup, state: ActivityState): readonly ActivityNode[] {
  const sets = byName(upgradingSets(state), state.clock);
  const none: Detail = { name: "none", label: message("No upgrades are running"), icon: { id: "info" } };
  return sets.length === 0 ? [lineOf(parent, none)] : sets.map(({ id }) => runningNode(parent, id));
}

function runningView({ key, resourceId }: UpgradeNode, state: ActivityState): NodeView | undefined {
  const record = state.snapshot.scaleSets.get(key);
  if (record === undefined) return undefined;
  const progress = runningProgress(record, state.clock);
  const parts =
    progress === undefined
      ? [message("starting…")]
      : [...progressInWords(progress), ...moreInWords(progress)];
  return {
    label: verbatim(record.name),
    description: inARow(...parts),
    icon: upgradingIcon,
    tooltip: () => ({
      title: message("OS upgrade of {0}", record.name),
      lines: [
        ...parts.map((text) => ({ text })),
        ...(progress?.remaining ? [{ text: progress.remaining.basis }] : []),
        { text: verbatim(resourceId) },
      ],
    }),
    spoken: message("Running upgrade of scale set {0}, {1}", record.name, inABreath(...parts)),
    contextValue: scaleSetContext(record),
    children: progress === undefined ? "none" : "collapsed",
  };
}

function runningDetails({ key }: UpgradeNode, { snapshot, clock }: ActivityState): readonly Detail[] {
  const record = snapshot.scaleSets.get(key);
  const progress = record && runningProgress(record, clock);
  return progress === undefined ? [] : progressDetails(progress, clock);
}

function endedChildren(parent: ActivityGroup, state: ActivityState): readonly ActivityNode[] {
  const ended = endedLately(state);
  const nodes = ended
    .slice(0, maxEndedUpgrades)
    .map((kept) => endedNode(parent, kept, state.snapshot.scaleSets.has(idKey(kept.scaleSetId))));
  if (ended.length <= maxEndedUpgrades) return nodes;
  const more: Detail = {
    name: "more",
    label: message("and {0} more", ended.length - maxEndedUpgrades),
    value: message("Show Upgrade History lists all"),
    icon: { id: "ellipsis" },
  };
  return [...nodes, lineOf(parent, more)];
}

function planChildren(parent: ActivityGroup, { plans, unread = [] }: ActivityState): readonly ActivityNode[] {
  const missing = unreadDetail(unread);
  const lines = missing === undefined ? [] : [lineOf(parent, missing)];
  return [...lines, ...plans.map((plan) => planNode(parent, plan))];
}

function keptOf({ key, start }: UpgradeNode, { attempts }: ActivityState): KeptAttempt | undefined {
  return attempts.find(({ scaleSetId, upgrade }) => idKey(scaleSetId) === key && beganAt(upgrade, start));
}

const outcomeIcons: Readonly<Record<Ending["outcome"], Icon>> = {
  completed: { id: "pass", color: "testing.iconPassed" },
  partly: { id: "warning", color: "list.warningForeground" },
  cancelled: { id: "circle-slash" },
  failed: { id: "error", color: "list.errorForeground" },
  open: { id: "question", color: "descriptionForeground" },
};

function endedView(node: UpgradeNode, state: ActivityState): NodeView | undefined {
  const kept = keptOf(node, state);
  if (kept === undefined) return undefined;
  const { snapshot, clock } = state;
  const record = snapshot.scaleSets.get(node.key);
  const name = record?.name ?? nameOf(kept.scaleSetId);
  const attempt = attemptOf(kept.upgrade);
  const ending = endingOf(attempt);
  const at = attempt.ended ?? attempt.started;
  const parts = [
    outcomeName(ending.outcome, attempt.status),
    ...(at === undefined ? [] : [verbatim(momentInWords(at, clock))]),
    ...(attempt.error === undefined ? [] : [attempt.error.meaning]),
    ...(record === undefined ? [message("no longer in the fleet")] : []),
  ];
  return {
    label: verbatim(name),
    description: inARow(...parts),
    icon: outcomeIcons[ending.outcome],
    tooltip: () => ({
      title: message("OS upgrade of {0}", name),
      lines: [
        { text: ending.text },
        ...(ending.next ? [{ text: ending.next }] : []),
        { text: verbatim(kept.scaleSetId) },
      ],
    }),
    spoken: message("Upgrade of scale set {0}, {1}", name, inABreath(...parts)),
    contextValue: record === undefined ? "missingScaleSet" : scaleSetContext(record),
    children: "collapsed",
  };
}

function endedDetails(node: UpgradeNode, state: ActivityState): readonly Detail[] {
  const kept = keptOf(node, state);
  if (kept === undefined) return [];
  const attempt = attemptOf(kept.upgrade);
  const ending = endingOf(attempt);
  const { elapsed } = progressOf(kept.upgrade, state.clock.now);
  const row = (name: string, label: Message, value: Message, icon: string): Detail => ({
    name,
    label,
    value,
    icon: { id: icon },
  });
  return [
    { name: "ending", label: ending.text, icon: outcomeIcons[ending.outcome] },
    ...(ending.next === undefined ? [] : [{ name: "next", label: ending.next, icon: { id: "lightbulb" } }]),
    ...(attempt.started === undefined
      ? []
      : [
          row("began", message("Started"), verbatim(momentInWords(attempt.started, state.clock)), "calendar"),
        ]),
    ...(elapsed === undefined ? [] : [row("took", message("Duration"), durationInWords(elapsed), "watch")]),
    ...(attempt.startedBy === undefined
      ? []
      : [row("startedBy", message("Started by"), verbatim(attempt.startedBy), "person")]),
    ...(attempt.target === undefined
      ? []
      : [row("target", message("Target version"), verbatim(attempt.target), "package")]),
    ...(attempt.error === undefined
      ? []
      : [row("azureMessage", message("Azure says"), fullAzureMessage(attempt.error), "comment")]),
  ];
}

function planView({ planId }: PlanNode, { plans, clock }: ActivityState): NodeView | undefined {
  const applied = plans.find(({ id }) => id === planId);
  if (applied === undefined) return undefined;
  const { plan, at } = applied;
  const left = resultsLeft(applied, plans);
  const state = planStateInWords(applied);
  const parts = [...originInWords(applied), state, verbatim(momentInWords(at, clock))];
  return {
    label: plan.title,
    description: inARow(...parts),
    icon: planIcon(applied),
    tooltip: () => ({
      title: plan.title,
      lines: [{ text: state }, { text: planStateExplained(applied, left) }],
    }),
    spoken: message("Plan: {0}, {1}", plan.title, inABreath(...parts)),
    contextValue: planContext(applied, left, undoneBy(planId, plans) !== undefined),
    children: "none",
  };
}

function lineOf(parent: ActivityNode, detail: Detail): ActivityLine {
  return { kind: "activityLine", id: `${parent.id}#${detail.name}`, parent, view: detailView(detail) };
}

function byName<R extends { readonly name: string }>(records: readonly R[], { locale }: Clock): readonly R[] {
  const { compare } = collator(locale);
  return records.toSorted((a, b) => compare(a.name, b.name));
}
