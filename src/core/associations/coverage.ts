import { blockers } from "../eligibility/rule.ts";
import type { Finding } from "../eligibility/rule.ts";
import { idKey } from "../resources/ids.ts";
import type { JsonObject } from "../resources/json.ts";
import type { CoverageState } from "./coverageStates.ts";
import { configurationIdOf, linkTo } from "./link.ts";
import type { ConfigurationOf, Link } from "./link.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { automaticUpgradesOf } from "../resources/scaleSet.ts";
import { managedByOf } from "../resources/managedBy.ts";

export interface Coverage {
  readonly state: CoverageState;
  /** Why it is in that state, one line each, the most important first. */
  readonly reasons: readonly Message[];
  /** The first thing that is wrong in a few words, where the name of the state does not say all. */
  readonly brief?: Message | undefined;
  /** The service that owns the set (AKS, Service Fabric…), when it is not the user's own to change. */
  readonly managedBy?: string;
  readonly needsAttention: boolean;
}

export interface CoverageInput {
  readonly scaleSet: JsonObject;
  /** The set's assignments as Azure returned them, or why they are not known ("reading them failed: …"). */
  readonly assignments: { readonly known: readonly JsonObject[] } | { readonly unknown: Message };
  readonly configurationOf: ConfigurationOf;
  readonly findings: readonly Finding[];
}

/**
 * Where a scale set stands. The states are tried worst first, so that a set that can't be judged is never counted as another;
 * one that another service owns asks for nothing, whatever its state.
 */
export function coverageOf(input: CoverageInput): Coverage {
  const managedBy = managedByOf(input.scaleSet);
  const judgement = judge(input);
  return {
    ...judgement,
    ...(managedBy === undefined ? {} : { managedBy }),
    needsAttention: managedBy === undefined && attention.has(judgement.state),
  };
}

const attention: ReadonlySet<CoverageState> = new Set(["broken", "blocked", "uncontrolled", "idle"]);

function judge({
  scaleSet,
  assignments,
  configurationOf,
  findings,
}: CoverageInput): Pick<Coverage, "state" | "reasons" | "brief"> {
  if ("unknown" in assignments) {
    const reason = message("Associations unknown: {0}", assignments.unknown);
    return { state: "unknown", reasons: [reason], brief: message("associations unknown") };
  }
  const links = linksOf(assignments.known, configurationOf);
  const unknown = links.filter((link) => link.state === "unknown");
  if (unknown.length > 0) return { state: "unknown", ...explained(unknown) };

  const blocked = blockers(findings);
  const blocking = blocked.map((finding) => finding.message);
  const [first] = blocked;
  const blocker = first?.brief ?? first?.message;
  const broken = [...several(links), ...links.filter((link) => link.state === "broken")];
  if (broken.length > 0) {
    const { reasons, brief } = explained(broken);
    return { state: "broken", reasons: [...reasons, ...blocking], brief };
  }

  const configuration = links.find((link) => link.state === "valid")?.name;
  const upgradesOn = automaticUpgradesOf(scaleSet);
  if (blocking.length > 0 && (configuration !== undefined || upgradesOn)) {
    return { state: "blocked", reasons: blocking, brief: blocker };
  }
  const reasons = [standing(configuration, upgradesOn)];
  const state = stateOf(configuration, upgradesOn);
  if (state === "uncontrolled") return { state, reasons, brief: anyTime };
  return blocker === undefined ? { state, reasons } : { state, reasons, brief: blocker };
}

const anyTime = message("upgrades can start at any time");

/** What is wrong, as a sentence and in a few words. */
interface Explanation {
  readonly reason: Message;
  readonly brief: Message;
}

function explained(all: readonly Explanation[]): Pick<Coverage, "reasons" | "brief"> {
  return { reasons: all.map(({ reason }) => reason), brief: all[0]?.brief };
}

function linksOf(assignments: readonly JsonObject[], configurationOf: ConfigurationOf): readonly Link[] {
  const ids = assignments.map(configurationIdOf);
  const distinct = new Map(ids.filter((id) => id !== undefined).map((id) => [idKey(id), id]));
  const links = [...distinct.values()].map((id) => linkTo(id, configurationOf));
  if (!ids.includes(undefined)) return links;
  const reason = message("An association doesn't name its configuration.");
  return [{ state: "unknown", reason, brief: message("association names no configuration") }, ...links];
}

/** Azure triggers only one of two configurations at the same time, and does not say which. */
function several(links: readonly Link[]): readonly Explanation[] {
  const names = links.flatMap((link) => ("osImage" in link && link.osImage ? link.name : []));
  if (names.length < 2) return [];
  const reason = message(
    "It has {0} OSImage configurations ({1}). Azure may use only one.",
    names.length,
    names.join(", "),
  );
  return [{ reason, brief: message("{0} configurations, Azure may use only one", names.length) }];
}

function stateOf(configuration: string | undefined, upgradesOn: boolean): CoverageState {
  if (configuration === undefined) return upgradesOn ? "uncontrolled" : "unmanaged";
  return upgradesOn ? "controlled" : "idle";
}

function standing(configuration: string | undefined, upgradesOn: boolean): Message {
  if (configuration === undefined) {
    return upgradesOn
      ? message("No maintenance configuration: upgrades can start at any time.")
      : message("No maintenance configuration, and automatic OS upgrades are off.");
  }
  return upgradesOn
    ? message("Upgrades run in the windows of {0}.", configuration)
    : message("It has the windows of {0}, but automatic OS upgrades are off.", configuration);
}
