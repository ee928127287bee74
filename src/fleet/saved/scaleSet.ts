import type { Coverage } from "../../core/associations/coverage.ts";
import type { Finding } from "../../core/eligibility/rule.ts";
import { groupOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { Resource } from "../../core/resources/malformed.ts";
import type { SavedSet } from "./recall.ts";
import type { AssignmentsOf } from "../snapshot/snapshot.ts";
import type { SavedAnswers } from "./answers.ts";
import type { ScaleSetColumns } from "./format.ts";
import type { PoolReader } from "./pool.ts";
import { noRow, resourceIn, scaleSetType } from "./resources.ts";

/** What the scale sets of a file are read from; all of it has been checked. */
export interface ScaleSetRows {
  readonly columns: ScaleSetColumns;
  readonly pool: PoolReader;
  readonly answers: SavedAnswers;
}

const none: readonly Finding[] = [];

/** The record of a row. Thousands of sets are shown by their coverage alone: all else is made of one when it is asked for. */
export class SavedScaleSet implements SavedSet {
  readonly key: IdKey;
  readonly subscriptionId: string;
  readonly coverage: Coverage;
  readonly #rows: ScaleSetRows;
  readonly #row: number;
  readonly #idIn: (group: string, name: string) => string;
  #resource: Resource | undefined;
  #assignments: AssignmentsOf | undefined;

  constructor(
    rows: ScaleSetRows,
    row: number,
    key: IdKey,
    subscriptionId: string,
    idIn: (group: string, name: string) => string,
  ) {
    this.key = key;
    this.subscriptionId = subscriptionId;
    this.coverage = rows.pool.part(rows.columns.coverage[row] ?? noRow()) as Coverage;
    this.#rows = rows;
    this.#row = row;
    this.#idIn = idIn;
  }

  get id(): string {
    return this.resource.id;
  }

  get name(): string {
    return this.resource.name;
  }

  get resourceGroup(): string {
    return groupOf(this.id);
  }

  get resource(): Resource {
    this.#resource ??= this.#madeResource();
    return this.#resource;
  }

  get assignments(): AssignmentsOf {
    this.#assignments ??= this.#rows.answers.of(this.#answer, this.id);
    return this.#assignments;
  }

  get named(): readonly IdKey[] {
    return this.#rows.answers.namedBy(this.#answer);
  }

  /** Rules have not been asked yet. */
  get findings(): readonly Finding[] {
    return none;
  }

  get #answer(): number {
    return this.#rows.columns.assignments[this.#row] ?? noRow();
  }

  #madeResource(): Resource {
    const { columns, pool } = this.#rows;
    const group = pool.text(columns.group[this.#row] ?? noRow());
    const id = this.#idIn(group, columns.name[this.#row] ?? noRow());
    const resource = resourceIn(columns, this.#row, id, scaleSetType, pool);
    const managedBy = pool.text(columns.managedBy[this.#row] ?? noRow());
    return managedBy === "" ? resource : { ...resource, managedBy };
  }
}
