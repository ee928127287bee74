import { blockers, type Finding } from "../../src/core/eligibility/rule.ts";
import type { EligibilityFacts } from "../../src/core/eligibility/facts.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import { isScaleSetId, nameOf, parseId } from "../../src/core/resources/ids.ts";
import { textAt, type JsonObject } from "../../src/core/resources/json.ts";
import { verbatim } from "../../src/core/text/message.ts";
import type { Coverage } from "../../src/core/associations/coverage.ts";
import { enablingPart } from "../../src/flows/upgrades/enabling.ts";
import { valuesToSet, type FixAnswers } from "../../src/flows/upgrades/fixes.ts";
import { textOf } from "../../src/flows/upgrades/policyQuestions.ts";
import type { ScaleSetRecord } from "../../src/fleet/snapshot/snapshot.ts";

/** Azure's public cloud, as `Azure.preview` takes a cloud. */
const publicCloud = {
  name: "AzureCloud",
  endpoint: "https://management.azure.com",
  scopes: ["https://management.azure.com/.default"],
};

export interface Judged {
  readonly scaleSet: JsonObject;
  readonly facts: EligibilityFacts;
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** ISO instant. */
  readonly now: string;
}

/**
 * What "Enable Automatic OS Upgrades" would send for one set, in order: the repairs of what Azure would refuse, each as the wizard proposes
 * it, then what turns upgrades on. Empty where nothing would be sent; null where the set's id, to which it would be sent, is not known.
 */
export async function enablingRequests(judged: Judged) {
  const record = recordOf(judged);
  if (record === undefined) return null;
  // Picked on its own, as a right-click picks it.
  const { changes } = enablingPart(record, proposedAnswers(record), { oneByOne: true }, "none");
  if (changes.length === 0) return [];
  const plan = planOf(verbatim(""), changes);
  // The SDKs take their time to load.
  const { preview } = await import("../../src/azure/changes/preview.ts");
  const requests = await preview(publicCloud, plan);
  return plan.changes.map(({ id, kind, before }) => {
    const { method, url, body } = requests.get(id) ?? {};
    return { kind, method, url, body: body ?? null, before: before ?? null };
  });
}

/** Every repair of what blocks; a value that Azure would refuse becomes Azure's default. */
function proposedAnswers(record: ScaleSetRecord): FixAnswers {
  const fixes = blockers(record.findings).flatMap(({ repair }) => repair ?? []);
  const values = valuesToSet(record, { fixes }).map(
    ({ name, azureDefault }) => [name, textOf(azureDefault)] as const,
  );
  return { fixes, ...Object.fromEntries(values) };
}

function recordOf({ scaleSet, facts, findings, coverage, now }: Judged): ScaleSetRecord | undefined {
  const id = textAt(scaleSet, "id") ?? "";
  const { subscriptionId, resourceGroup } = parseId(id) ?? {};
  if (!isScaleSetId(id) || subscriptionId === undefined || resourceGroup === undefined) return undefined;
  return {
    id,
    name: nameOf(id),
    subscriptionId: subscriptionId.toLowerCase(),
    resourceGroup,
    resource: scaleSet,
    assignments: { known: [] },
    eligibilityFacts: { facts, unread: {}, at: now },
    findings,
    coverage,
  };
}
