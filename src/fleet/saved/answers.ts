import { assignmentId, idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Problem } from "../../core/text/problem.ts";
import { noAssignments, noneInGraph } from "../snapshot/facts.ts";
import type { AssignmentsOf } from "../snapshot/snapshot.ts";
import type { SavedFile } from "./format.ts";
import type { PoolReader } from "./pool.ts";

/** What a file says of assignments. */
export class SavedAnswers {
  readonly #file: Pick<SavedFile, "answers" | "links">;
  readonly #pool: PoolReader;
  readonly #configurations: readonly IdKey[];
  readonly #named: readonly (readonly IdKey[])[];

  /** Throws where an answer names what is not there. */
  constructor(file: Pick<SavedFile, "answers" | "links">, pool: PoolReader) {
    this.#file = file;
    this.#pool = pool;
    this.#configurations = file.links.map(([, configuration]) => idKey(configuration));
    this.#named = file.answers.map((answer) => this.#namedBy(answer));
  }

  /** Whether all are places of answers. */
  has(places: readonly number[]): boolean {
    return places.every((place) => this.#named[place] !== undefined);
  }

  /** Keys of the configurations that the assignments name. */
  namedBy(place: number): readonly IdKey[] {
    return this.#named[place] ?? [];
  }

  /** The same as a scale set has it. */
  of(place: number, scaleSetId: string): AssignmentsOf {
    const answer = this.#file.answers[place] ?? 0;
    if (answer === 0) return { unknown: "loading" };
    if (typeof answer === "number") return { unknown: this.#pool.part(answer) as Problem };
    const [fromGraph, ...links] = answer;
    if (links.length === 0) return fromGraph === 1 ? noneInGraph : noAssignments;
    const known = links.map((link) => this.#assignment(link, scaleSetId));
    return fromGraph === 1 ? { known, source: "graph" } : { known };
  }

  #namedBy(answer: SavedFile["answers"][number]): readonly IdKey[] {
    if (typeof answer === "number") {
      if (answer !== 0) this.#pool.part(answer);
      return [];
    }
    const [, ...links] = answer;
    // An assignment need not say which configuration it is for.
    return links.map((link) => this.#configurations[link] ?? noLink()).filter((key) => key !== "");
  }

  #assignment(link: number, scaleSetId: string): JsonObject {
    const [name, maintenanceConfigurationId] = this.#file.links[link] ?? noLink();
    return {
      id: assignmentId(scaleSetId, name),
      name,
      properties: { maintenanceConfigurationId, resourceId: scaleSetId },
    };
  }
}

function noLink(): never {
  throw new Error("An answer names what is not there.");
}
