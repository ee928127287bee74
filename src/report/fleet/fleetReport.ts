import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Upcoming } from "../../fleet/snapshot/upcoming.ts";
import type { ViewState } from "../../ui/viewState.ts";
import { calendarOf, findingsIn } from "./calendar.ts";
import type { Findings } from "./calendar.ts";
import type { KeyedNames, ReportData, Row } from "./contract.ts";
import { needsOf } from "./needs.ts";
import { imagesOf, namesOf, stateNames, totalsOf } from "./overview.ts";
import { rowOf } from "./rows.ts";
import { standingOf } from "./standing.ts";
import type { ReportWording } from "./wording.ts";

/** All that the report shows at one moment. */
export interface FleetReport {
  readonly data: ReportData;
  /** By the set's key. A row is the same object as long as its set is. */
  readonly rows: ReadonlyMap<IdKey, Row>;
  /** Whether its calendar is of a moment ago, and may be another by now. */
  readonly isBehind: boolean;
}

/** What the report is made of. */
export interface ReportInput {
  readonly snapshot: Snapshot;
  readonly viewState: ViewState;
  /** Worked out only when it is needed. */
  readonly upcoming: () => Sliced<Upcoming>;
  /** Whether that has the pairs of regions. */
  readonly pairs: boolean;
  /** ISO instant. */
  readonly now: string;
  readonly wording: ReportWording;
  /** Whether the Azure has a portal. */
  readonly portal: boolean;
}

/**
 * How long a calendar is good for: that of a large fleet has ten thousand windows, each with what it is in conflict with,
 * and while sets are being read or checked the rest changes several times a second.
 */
const calendarMaxAgeMs = 4000;

/** Makes the report of the fleet again and again, each time only what is not as it was. */
export class ReportMaker {
  /** Rows by the record that they were made of, which the store keeps until something of it changes. */
  readonly #rows = new WeakMap<ScaleSetRecord, Row>();
  #agenda: { readonly at: number; readonly upcoming: Upcoming; readonly findings: Findings } | undefined;
  #names: KeyedNames | undefined;

  /** `opened`: the day of the calendar that all windows are shown of, `YYYY-MM-DD`. */
  *make(input: ReportInput, opened?: string): Sliced<FleetReport> {
    const { snapshot, viewState, now, wording, portal, pairs } = input;
    const known = this.#agenda;
    const isBehind =
      known !== undefined &&
      Math.abs(Date.parse(now) - known.at) < calendarMaxAgeMs &&
      (known.upcoming.pairs !== undefined) === pairs;
    const { upcoming, findings } = isBehind ? known : yield* this.#newAgenda(input);
    const rows = new Map<IdKey, Row>();
    yield* inPieces(snapshot.scaleSets, ([key, record]) => {
      const row = this.#rows.get(record) ?? rowOf(record, snapshot, wording.say);
      this.#rows.set(record, row);
      rows.set(key, row);
    });
    this.#names = yield* namesOf(rows.values(), snapshot, wording.locale, this.#names);
    return {
      rows,
      isBehind,
      data: {
        standing: standingOf(snapshot, viewState, wording),
        totals: yield* totalsOf(snapshot, wording),
        needs: yield* needsOf(snapshot, wording.say),
        calendar: yield* calendarOf(upcoming, findings, opened, input),
        images: yield* imagesOf(snapshot, wording.say),
        names: { ...this.#names, states: stateNames(wording) },
        portal,
      },
    };
  }

  *#newAgenda({ now, upcoming: worked, wording }: ReportInput) {
    const upcoming = yield* worked();
    this.#agenda = { at: Date.parse(now), upcoming, findings: yield* findingsIn(upcoming, wording) };
    return this.#agenda;
  }
}
