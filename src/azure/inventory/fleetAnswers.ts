import type { Json } from "../../core/resources/json.ts";
import type { Sliced } from "../../core/slices.ts";
import { type FleetPage, fleetPage } from "./fleetQuery.ts";
import { fleetTexts } from "./fleetTexts.ts";
import type { GraphAnswer, GraphPage } from "./resourceGraph.ts";

/** What an answer to the fleet's query says. */
export interface FleetAnswer extends Pick<GraphPage, "skipToken"> {
  /** The id of each row, as it stands there. */
  readonly ids: readonly Json[];
  readonly page: FleetPage;
}

/** What was answered in the last reading: an answer that comes again word for word is not read again, and its rows stay the same objects. */
export class FleetAnswers {
  readonly #texts = fleetTexts();
  #before: ReadonlyMap<string, FleetAnswer> = new Map();
  #known = new Map<string, FleetAnswer>();
  #isNew = false;

  /**
   * To be called as a reading begins. Answers that are not read again do not say which texts are still in use, so the reading after one
   * with new answers reads them all, and forgets the texts that none of them has.
   */
  begin(): void {
    this.#before = this.#isNew ? new Map() : this.#known;
    if (this.#isNew) this.#texts.begin();
    this.#known = new Map();
    this.#isNew = false;
  }

  /** Throws AzureError where the answer does not have the form that Azure documents. */
  *read(answer: GraphAnswer): Sliced<FleetAnswer> {
    const read = this.#before.get(answer.digest) ?? (yield* this.#readNew(answer));
    this.#known.set(answer.digest, read);
    return read;
  }

  *#readNew(answer: GraphAnswer): Sliced<FleetAnswer> {
    this.#isNew = this.#before.size > 0;
    const { columns, rows, skipToken } = answer.page();
    const place = columns.indexOf("id");
    const page = yield* fleetPage({ columns, rows }, this.#texts);
    return { ids: rows.map((cells) => cells[place] ?? null), page, skipToken };
  }
}
