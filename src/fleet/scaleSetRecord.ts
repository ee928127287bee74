import { coverageOf } from "../core/coverage.ts";
import type { Coverage, KnownConfiguration } from "../core/coverage.ts";
import type { Freshness } from "../core/eligibility/freshness.ts";
import type { Finding } from "../core/eligibility/rule.ts";
import { idKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import type { Resource } from "../core/malformed.ts";
import { message } from "../core/message.ts";
import { factsBeside } from "./besideModel.ts";
import { configurationsNamedBy } from "./configurations.ts";
import type { Beside } from "./facts.ts";
import type { Rules } from "./rules.ts";
import type { AssignmentsOf, ReadFacts, ScaleSetRecord } from "./snapshot.ts";

type Use = KnownConfiguration | "missing" | "unknown";

/** What a scale set's record is made of. */
export interface Sources {
  readonly subscriptionId: string;
  readonly resource: Resource;
  readonly assignments: AssignmentsOf;
  readonly beside: Beside | undefined;
  /** What its assignments name, in their order. */
  readonly uses: readonly Use[];
  /** Undefined until they are loaded: its coverage is then what an earlier window saved. */
  readonly rules: Rules | undefined;
}

/**
 * The record of a set. What each rule says of it is worked out when it is asked for: thousands of sets are shown by their coverage alone,
 * and the findings of all would take more memory than all else that is known of them.
 */
class Judged implements ScaleSetRecord {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly resource: JsonObject;
  readonly assignments: AssignmentsOf;
  readonly facts?: ReadFacts;
  readonly freshness?: Freshness;
  readonly upgrade?: JsonObject;
  readonly instanceView?: JsonObject;
  readonly coverage: Coverage;
  declare readonly findings: readonly Finding[];
  readonly #sources: Sources;

  constructor(sources: Sources, coverage: Coverage) {
    const { resource, beside, rules } = sources;
    this.id = resource.id;
    this.name = resource.name;
    this.subscriptionId = sources.subscriptionId;
    this.resourceGroup = groupOf(resource.id);
    this.resource = resource;
    this.assignments = sources.assignments;
    if (beside !== undefined) {
      Object.assign(this, beside);
      if (beside.facts !== undefined && rules !== undefined)
        this.freshness = rules.freshnessOf(beside.facts.facts);
    }
    this.coverage = coverage;
    this.#sources = sources;
    Object.defineProperty(this, "findings", findings);
  }

  static findingsOf(record: Judged): readonly Finding[] {
    return findingsOf(record.#sources);
  }

  static sourcesOf(record: ScaleSetRecord): Sources | undefined {
    return #sources in record ? record.#sources : undefined;
  }
}

/** A member of its own, as copies of a record are to have it too. */
const findings = {
  enumerable: true,
  get(this: Judged) {
    return Judged.findingsOf(this);
  },
};

/** The record of these sources: the same as before where they are. Undefined while nothing can judge it. */
export function scaleSetRecord(
  sources: Sources,
  before: ScaleSetRecord | undefined,
  saved: Coverage | undefined,
): ScaleSetRecord | undefined {
  const last = before && Judged.sourcesOf(before);
  if (before !== undefined && last !== undefined && isMadeOfSame(last, sources)) {
    return last.rules === sources.rules ? before : new Judged(sources, before.coverage);
  }
  if (sources.rules === undefined) return saved && new Judged(sources, saved);
  return new Judged(sources, judge(sources));
}

function isMadeOfSame(a: Sources, b: Sources): boolean {
  return (
    a.resource === b.resource &&
    a.assignments === b.assignments &&
    a.beside === b.beside &&
    a.uses.length === b.uses.length &&
    a.uses.every((use, index) => use === b.uses[index])
  );
}

function judge(sources: Sources): Coverage {
  const { resource, assignments, uses } = sources;
  const named = configurationsNamedBy(assignments);
  return coverageOf({
    scaleSet: resource,
    assignments: "known" in assignments ? assignments : { unknown: reasonOf(assignments.unknown) },
    configurationOf: (id) => uses[named.indexOf(idKey(id))] ?? "unknown",
    findings: findingsOf(sources),
  });
}

function findingsOf({ resource, beside, assignments, uses, rules }: Sources): readonly Finding[] {
  if (rules === undefined) return [];
  return rules.eligibility(resource, factsBeside(beside ?? {}, knownAmong(assignments, uses)));
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
  return unknown === "loading" ? message("Its assignments are still being read.") : unknown.summary;
}

/** The id is known to be a resource's in a group, and there are thousands. */
export function groupOf(id: string): string {
  // After "/subscriptions/…/resourceGroups/".
  const start = id.indexOf("/", id.indexOf("/", 15) + 1) + 1;
  return id.slice(start, id.indexOf("/", start));
}
