import type { Subscription } from "../../azure/contracts.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { onceFor } from "../../core/memo.ts";
import { nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import { modelMembers } from "../../core/resources/scaleSetModel.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { configurationsNamedBy } from "../snapshot/configurations.ts";
import { assignmentsOf } from "../snapshot/facts.ts";
import type { Facts, SubscriptionFacts } from "../snapshot/facts.ts";
import type { AssignmentsOf, ScaleSetRecord, Snapshot } from "../snapshot/snapshot.ts";
import { fileOf, outerMembers } from "./format.ts";
import type {
  SavedAnswer,
  SavedConfiguration,
  SavedHead,
  SavedLine,
  SavedSubscription,
  ScaleSetRow,
} from "./format.ts";
import { configurationProperties, coverageOf, problemOf, scheduleOf, worthOf } from "./worth.ts";

export interface SavedAs extends SavedHead {
  /** Which subscriptions it holds. */
  readonly isIn: (subscription: Subscription) => boolean;
}

/** A line has about so many rows: it is written and read in one go. */
const rowsPerLine = 100;

/** What is saved of the fleet, as the text of a file. */
export function* encode(facts: Facts, snapshot: Snapshot, { isIn, ...head }: SavedAs): Sliced<string> {
  const writing = new Writing(facts, snapshot);
  for (const known of facts.subscriptions.values())
    if (known.subscription !== undefined && isIn(known.subscription))
      yield* writing.subscription(known, known.subscription);
  writing.endLine(writing.referenced());
  yield;
  return yield* fileOf(head, writing.lines);
}

interface ListInWriting {
  readonly subscription: SavedSubscription;
  readonly configurations: SavedConfiguration[];
  readonly scaleSets: ScaleSetRow[];
}

/** A file while it is written. */
class Writing {
  readonly lines: string[] = [];
  readonly #facts: Facts;
  readonly #snapshot: Snapshot;
  /** Of each different value, by its text. */
  readonly #places = new Map<string, number>();
  /** The texts of those that no line has yet. */
  #parts: string[] = [];
  #lists: ListInWriting[] = [];
  #rows = 0;
  /** The configurations that assignments name. */
  readonly #named = new Set<IdKey>();

  constructor(facts: Facts, snapshot: Snapshot) {
    this.#facts = facts;
    this.#snapshot = snapshot;
  }

  *subscription(known: SubscriptionFacts, subscription: Subscription): Sliced<void> {
    const saved = savedSubscription(known, subscription);
    this.#next(saved);
    yield* inPieces(known.configurations.items, ([key, resource]) =>
      this.#next(saved).configurations.push(this.#configuration(key, resource)),
    );
    yield* inPieces(known.scaleSets.items, ([key, resource]) => {
      const record = this.#snapshot.scaleSets.get(key);
      if (record === undefined) return;
      const assignments = assignmentsOf(known.assignments, key);
      this.#next(saved).scaleSets.push(this.#scaleSet(resource, record, assignments));
    });
    yield;
  }

  /** Those that no list has and that are known to be there or to be gone. */
  referenced(): SavedLine["referenced"] {
    return [...this.#named].flatMap((key) => {
      const answer = this.#facts.referenced.get(key);
      if (answer === undefined || answer.state === "unknown") return [];
      return [[key, answer.state === "found" ? this.#configuration(key, answer.resource) : null]];
    });
  }

  endLine(referenced?: SavedLine["referenced"]): void {
    const line = { lists: this.#lists, ...(referenced && { referenced }) };
    this.lines.push(inAscii(`{"parts":[${this.#parts.join()}],${JSON.stringify(line).slice(1)}`));
    [this.#parts, this.#lists, this.#rows] = [[], [], 0];
  }

  /** Where the next row of a subscription goes. */
  #next(subscription: SavedSubscription): ListInWriting {
    if (this.#rows >= rowsPerLine) this.endLine();
    this.#rows += 1;
    let list = this.#lists.at(-1);
    if (list?.subscription !== subscription) {
      list = { subscription, configurations: [], scaleSets: [] };
      this.#lists.push(list);
    }
    return list;
  }

  #configuration(key: IdKey, resource: Resource): SavedConfiguration {
    const schedule = this.#facts.schedules.get(key)?.facts;
    const { id, name } = resource;
    const outer = Object.fromEntries(outerMembers.map((member) => [member, resource[member]]));
    return {
      resource: { ...outer, id, name, properties: configurationProperties(resource) },
      ...(schedule && { schedule: scheduleOf(schedule) }),
    };
  }

  #scaleSet(resource: Resource, { coverage }: ScaleSetRecord, assignments: AssignmentsOf): ScaleSetRow {
    for (const key of configurationsNamedBy(assignments)) this.#named.add(key);
    return [
      resource.id,
      this.#model(resource.properties),
      this.#place(coverageOf(coverage)),
      this.#place(this.#answer(assignments)),
      ...outerMembers.map((member) => this.#place(resource[member])),
    ];
  }

  /** Thousands of sets share theirs. */
  readonly #model = onceFor((properties: JsonObject) =>
    this.#place(modelMembers.map((member) => this.#place(worthOf(properties, member)))),
  );

  #answer(assignments: AssignmentsOf): SavedAnswer {
    if ("unknown" in assignments) {
      const { unknown } = assignments;
      return { unknown: unknown === "loading" ? unknown : problemOf(unknown) };
    }
    const { known, ...source } = assignments;
    return { links: known.map((one) => [nameIn(one), this.#place(configurationIdOf(one))]), ...source };
  }

  #place(value: unknown): number {
    if (value === undefined || value === null) return 0;
    const text = JSON.stringify(value);
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#places.size + 1;
      this.#places.set(text, place);
      this.#parts.push(text);
    }
    return place;
  }
}

function savedSubscription(
  { configurations, scaleSets, assignments }: SubscriptionFacts,
  { through, ...subscription }: Subscription,
): SavedSubscription {
  const [at] = [configurations, scaleSets, assignments].flatMap(({ savedAt }) => savedAt ?? []).sort();
  const { tenantId, tenantName } = through;
  return { ...subscription, through: { tenantId, tenantName }, ...(at !== undefined && { at }) };
}

function nameIn(assignment: JsonObject): string {
  return textAt(assignment, "name") ?? nameOf(textAt(assignment, "id") ?? "");
}

/** A text of one byte for each character is read in half of the time. */
function inAscii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
