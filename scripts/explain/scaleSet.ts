import { coverageOf, type Coverage } from "../../src/core/associations/coverage.ts";
import { eligibility } from "../../src/core/eligibility/eligibility.ts";
import type { EligibilityFacts } from "../../src/core/eligibility/facts.ts";
import { verdictOf, type Finding } from "../../src/core/eligibility/rule.ts";
import { idKey } from "../../src/core/resources/ids.ts";
import { textAt, type JsonObject } from "../../src/core/resources/json.ts";
import { inEnglish, verbatim, type Message } from "../../src/core/text/message.ts";
import { upgradeEstimate } from "../../src/core/upgrades/estimate.ts";
import { lastWindows } from "../../src/core/upgrades/lastWindow.ts";
import { whyNotUpgraded } from "../../src/core/upgrades/whyNot.ts";
import { Failure } from "../bootstrap/failure.mjs";
import type { Values } from "../lib/task.ts";
import { enablingRequests } from "./enabling.ts";
import { factsIn } from "./facts.ts";
import { contentOf, instantOf } from "./input.ts";
import type { Subject } from "./subject.ts";

const options = { facts: { type: "string" }, now: { type: "string" } } as const;

/**
 * Explains a scale set, from its model and what else Azure was asked: each rule's finding and what they come to, where it stands, how long
 * an upgrade takes, why it did not upgrade, and what enabling automatic OS upgrades would send.
 */
export const scaleSetSubject: Subject<typeof options> = {
  usage:
    "npm run -s explain -- scale-set <file.json | -> [--facts <file.json>] [--now <ISO instant, else now>]",
  options,
  read: contentOf,
  explain: explainWithFacts,
};

async function explainWithFacts(json: JsonObject, { facts: file, now: instant }: Values<typeof options>) {
  const now = instant === undefined ? new Date().toISOString() : instantOf("--now", instant);
  const scaleSet = asReturned(json);
  const facts = file === undefined ? {} : factsIn(file, now);
  const findings = eligibility(scaleSet, facts);
  const coverage = coverageIn(scaleSet, facts, findings);
  return {
    ...verdictAndFindings(findings),
    ...(facts.configurations !== undefined && {
      coverage: { state: coverage.state, reasons: coverage.reasons.map(inEnglish) },
    }),
    estimate: estimateOf(scaleSet, facts),
    whyNot: whyNotUpgraded({ scaleSet, facts, coverage, now }).map(
      ({ kind, rule, message, next, azureMessage }) => ({
        kind,
        rule: rule ?? null,
        message: inEnglish(message),
        next: textOf(next),
        told: textOf(azureMessage),
      }),
    ),
    ...(facts.configurations !== undefined && {
      lastWindows: (lastWindows({ scaleSet, facts, now, readAt: now }) ?? []).map(
        ({ id, configuration, window, outcome, reason, message }) => ({
          id,
          configuration,
          start: window?.start ?? null,
          end: window?.end ?? null,
          localStart: window?.localStart ?? null,
          localEnd: window?.localEnd ?? null,
          outcome,
          reason: reason ?? null,
          message: inEnglish(message),
        }),
      ),
    }),
    changes: await enablingRequests({ scaleSet, facts, findings, coverage, now }),
  };
}

/** What the rules say of a scale set, from its model alone. */
export function explainScaleSet(json: JsonObject) {
  return verdictAndFindings(eligibility(asReturned(json)));
}

function verdictAndFindings(findings: readonly Finding[]) {
  return {
    verdict: verdictOf(findings),
    findings: findings.map(({ rule, severity, status, observed, message, fix, sources }) => ({
      rule,
      severity,
      status,
      observed: observed ?? null,
      message: inEnglish(message),
      fix: textOf(fix),
      sources,
    })),
  };
}

function textOf(message: Message | undefined): string | null {
  return message === undefined ? null : inEnglish(message);
}

function estimateOf(scaleSet: JsonObject, facts: EligibilityFacts) {
  const estimate = upgradeEstimate(scaleSet, facts);
  if (estimate === undefined) return null;
  const { batches, minutes, ...inputs } = estimate;
  return { batches, minutes, inputs };
}

/** Where the set stands: associated with the configurations of the facts, and with no others. */
function coverageIn(
  scaleSet: JsonObject,
  { configurations }: EligibilityFacts,
  findings: readonly Finding[],
): Coverage {
  const known = (configurations ?? []).map((one) => [textAt(one.resource, "id") ?? "", one] as const);
  const byId = new Map(known.map(([id, one]) => [idKey(id), one]));
  return coverageOf({
    scaleSet,
    assignments:
      configurations === undefined
        ? { unknown: verbatim("--facts has no configurations.") }
        : { known: known.map(([id]) => ({ properties: { maintenanceConfigurationId: id } })) },
    configurationOf: (id) => byId.get(idKey(id)) ?? "unknown",
    findings,
  });
}

/** Refuses what is no scale set as ARM returns it. One without its properties is taken: the rules then say what they lack. */
function asReturned(json: JsonObject): JsonObject {
  const type = textAt(json, "type");
  const isScaleSet = type?.toLowerCase() === "microsoft.compute/virtualmachinescalesets";
  if (type !== undefined && !isScaleSet) {
    throw new Failure(`Not a scale set: type ${JSON.stringify(type)}`);
  }
  if ("properties" in json) return json;
  if ("virtualMachineProfile" in json) {
    throw new Failure(
      "This is the output of az vmss show. Use the JSON that ARM returns, such as the output of az resource show.",
    );
  }
  if (isScaleSet) return json;
  throw new Failure("Not a scale set: type and properties are missing");
}
