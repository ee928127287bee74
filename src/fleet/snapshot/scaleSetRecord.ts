import { coverageOf } from "../../core/associations/coverage.ts";
import type { Coverage } from "../../core/associations/coverage.ts";
import type { KnownConfiguration } from "../../core/associations/link.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import { onceFor } from "../../core/memo.ts";
import { groupOf, idKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { message } from "../../core/text/message.ts";
import { mergedEligibilityFacts } from "./eligibilityFacts.ts";
import { configurationsNamedBy } from "./configurations.ts";
import type { KnownEligibilityFacts } from "./facts.ts";
import type { Rules } from "./rules.ts";
import type { AssignmentsOf, ScaleSetRecord } from "./snapshot.ts";

/** A configuration that an assignment names, as far as it is known. */
export type Use = KnownConfiguration | "missing" | "unknown";

/** What a scale set's record is made of. */
export interface Sources {
  readonly subscriptionId: string;
  readonly resource: Resource;
  readonly assignments: AssignmentsOf;
  readonly known: KnownEligibilityFacts | undefined;
  /** What its assignments name, in their order. */
  readonly uses: readonly Use[];
  readonly rules: Rules;
}

/** The record of these sources, judged anew where its `coverage` is not known. */
export function scaleSetRecord(sources: Sources, coverage = judge(sources)): ScaleSetRecord {
  const { subscriptionId, resource, assignments, known, rules } = sources;
  return withFindings(
    {
      id: resource.id,
      name: resource.name,
      subscriptionId,
      resourceGroup: groupOf(resource.id),
      resource,
      assignments,
      ...known,
      ...(known?.eligibilityFacts && {
        freshness: rules.freshnessOf(known.eligibilityFacts.facts),
      }),
      coverage,
    },
    sources,
  );
}

/**
 * The record with what each rule says of it, which is worked out when it is asked for: thousands of sets are shown by their coverage alone,
 * and the findings of all would take more memory than all else that is known of them.
 */
function withFindings(record: Omit<ScaleSetRecord, "findings">, sources: Sources): ScaleSetRecord {
  new Judged(record, sources);
  return Object.defineProperty(record, "findings", findings) as ScaleSetRecord;
}

/** Lets a class add its private members to an object that is there. */
class Upon {
  constructor(object: object) {
    return object;
  }
}

/** Keeps with a record what its findings follow from, where no copy and no comparison sees it. */
class Judged extends Upon {
  readonly #sources: Sources;

  constructor(record: object, sources: Sources) {
    super(record);
    this.#sources = sources;
  }

  static findingsOf(record: Judged): readonly Finding[] {
    return findingsOf(record.#sources);
  }
}

/** A member of its own, as copies of a record are to have it too. One for all: a getter for each would take more memory than a record. */
const findings = {
  enumerable: true,
  get(this: Judged) {
    return Judged.findingsOf(this);
  },
};

function judge(sources: Sources): Coverage {
  const { resource, assignments, uses } = sources;
  const named = configurationsNamedBy(assignments);
  return coverageOf({
    scaleSet: resource,
    assignments: "known" in assignments ? assignments : { unknown: reasonOf(assignments.unknown) },
    configurationOf: (id) => uses[named.indexOf(idKey(id))] ?? "unknown",
    findings: blockingFindingsOf(sources),
  });
}

/** All that coverage asks for. Thousands of sets share few models, and one of which nothing else was read is judged by its model alone. */
function blockingFindingsOf({ resource, known, rules }: Sources): readonly Finding[] {
  return known === undefined
    ? ofModelBy(rules)(resource.properties)
    : rules.eligibility(resource, mergedEligibilityFacts(known, undefined), "stored", "block");
}

const ofModelBy = onceFor((rules: Rules) =>
  onceFor((properties: JsonObject) => rules.eligibility({ properties }, {}, "stored", "block")),
);

function findingsOf({ resource, known, assignments, uses, rules }: Sources): readonly Finding[] {
  return rules.eligibility(resource, mergedEligibilityFacts(known ?? {}, knownAmong(assignments, uses)));
}

/** Those that are gone left out; undefined where one of them, or which they are, is not known. */
function knownAmong(
  assignments: AssignmentsOf,
  uses: readonly Use[],
): readonly KnownConfiguration[] | undefined {
  if ("unknown" in assignments || uses.includes("unknown")) return undefined;
  return uses.filter((use) => typeof use !== "string");
}

function reasonOf(unknown: Extract<AssignmentsOf, { unknown: unknown }>["unknown"]) {
  return unknown === "loading" ? message("Its associations are still loading.") : unknown.summary;
}
