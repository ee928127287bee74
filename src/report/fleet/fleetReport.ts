import { nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { memo } from "../../core/memo.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Upcoming } from "../../fleet/snapshot/upcoming.ts";
import type { ViewState } from "../../ui/viewState.ts";
import { calendarOf } from "./calendar.ts";
import type { Calendar, ReportData, Row } from "./contract.ts";
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
  readonly upcoming: () => Upcoming;
  /** ISO instant. */
  readonly now: string;
  readonly wording: ReportWording;
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
  #calendar: { readonly at: number; readonly calendar: Calendar } | undefined;
  readonly #nameOf = memo((key: string) => nameOf(key));

  make({ snapshot, viewState, upcoming, now, wording }: ReportInput): FleetReport {
    const { calendar, isBehind } = this.#calendarAt(now, upcoming, wording);
    const rows = new Map<IdKey, Row>();
    for (const [key, record] of snapshot.scaleSets) rows.set(key, this.#rowOf(record, snapshot, wording));
    // An assignment may name its configuration in any casing; the configuration itself knows its own.
    const nameOfConfiguration = (key: string) =>
      snapshot.configurations.get(key as IdKey)?.name ?? this.#nameOf(key);
    return {
      rows,
      isBehind,
      data: {
        standing: standingOf(snapshot, viewState, wording),
        totals: totalsOf(snapshot, wording),
        needs: needsOf(snapshot, wording.say),
        calendar,
        images: imagesOf(snapshot, wording.say),
        names: {
          ...namesOf(rows.values(), snapshot, nameOfConfiguration, wording.locale),
          states: stateNames(wording),
        },
      },
    };
  }

  #calendarAt(now: string, upcoming: () => Upcoming, wording: ReportWording) {
    const at = Date.parse(now);
    const known = this.#calendar;
    if (known !== undefined && Math.abs(at - known.at) < calendarMaxAgeMs) {
      return { calendar: known.calendar, isBehind: true };
    }
    const calendar = calendarOf(upcoming(), now, wording);
    this.#calendar = { at, calendar };
    return { calendar, isBehind: false };
  }

  #rowOf(record: ScaleSetRecord, snapshot: Snapshot, { say }: ReportWording): Row {
    const known = this.#rows.get(record) ?? rowOf(record, snapshot, say);
    this.#rows.set(record, known);
    return known;
  }
}
