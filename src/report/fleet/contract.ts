import type { CoverageState } from "../../core/associations/coverageStates.ts";
import type { Column } from "./column.ts";
import type { Texts } from "./texts.ts";

/**
 * What the extension tells the page of the fleet report, and what the page asks of it: plain values that `postMessage` carries. Words are
 * in the user's language already; the page puts them in place as text.
 */
export interface ReportData {
  readonly standing: Standing;
  readonly totals: Totals;
  readonly needs: readonly Need[];
  readonly calendar: Calendar;
  readonly images: Images;
  /** Names of what the rows name by key. */
  readonly names: Names;
  /** Whether there is a portal to open a scale set in. */
  readonly portal: boolean;
}

/** A term with what it is. */
export interface Fact {
  readonly term: string;
  readonly text: string;
}

/** How what is shown came about. */
export interface Standing {
  /** Tenant, account, time zone and the time of the last refresh, as far as they are known. */
  readonly about: readonly Fact[];
  /** "Sandbox: sample data"; what is being read, is old or could not be read. */
  readonly notes: readonly Note[];
  /** Whether the fleet is being read for the first time, so that counts grow. */
  readonly growing: boolean;
  /** Why there is no table, with what can be done; absent where there is one. */
  readonly instead?: Note;
}

export interface Note {
  readonly tone: "quiet" | "doubtful" | "bad";
  readonly text: string;
  readonly actions: readonly Action[];
}

/** A button that runs a command of ours, on the sets of a need where it names one. */
export interface Action {
  readonly command: string;
  readonly label: string;
  readonly need?: NeedName;
}

export interface Totals {
  /** Of the user's own sets, worst state first; states without any are left out. */
  readonly states: readonly {
    readonly state: CoverageState;
    readonly name: string;
    readonly count: number;
  }[];
  readonly own: number;
  /** Sets that other services own, by service: they are in none of the counts above. */
  readonly others: readonly { readonly service: string; readonly count: number }[];
}

/** What a need is about: a coverage state, or something else. */
export type NeedName =
  | "broken"
  | "dangling"
  | "blocked"
  | "uncontrolled"
  | "idle"
  | "failed"
  | "behind"
  | "unchecked"
  | "unknown";

/** Something that waits for the user, what weighs most first. */
export interface Need {
  readonly name: NeedName;
  readonly count: number;
  readonly title: string;
  readonly meaning: string;
  readonly actions: readonly Action[];
  /** What the table is filtered by to show just these; absent where it can't. */
  readonly shows?: Partial<View>;
}

/** The windows of 14 days on the user's calendar. */
export interface Calendar {
  /** The windows that are open now; none where `openDensity` tells of them. */
  readonly open: readonly CalendarWindow[];
  readonly openCount: number;
  readonly openDensity?: CalendarDensity;
  readonly days: readonly CalendarDay[];
  /** Why windows may be missing; absent where all are known. */
  readonly unread?: string;
  /** OSImage configurations that open no window in these days. */
  readonly quiet: number;
}

/** One window with its configuration. */
export interface CalendarWindow {
  /** "22:00–03:00" */
  readonly times: string;
  readonly name: string;
  /** How many of its scale sets upgrade. */
  readonly sets: string;
  /** The configuration's own zone and schedule in words. */
  readonly schedule: string;
  readonly conflicts: readonly string[];
  /** What else is worth knowing of it; absent where nothing is. */
  readonly notes?: readonly string[];
}

/** How many windows lie in a day, where they are too many to be listed. */
export interface CalendarDensity {
  /** How many open in each hour, from 0 to 23. */
  readonly perHour: readonly number[];
  /** "Busiest: 50 windows open from 07:00" */
  readonly busiest: string;
  /** The windows that stand out, each with why: "First". */
  readonly highlights: readonly { readonly what: string; readonly window: CalendarWindow }[];
  /** "85 windows upgrade nothing"; absent where each upgrades some set. */
  readonly idle?: string;
}

export interface CalendarDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly weekday: string;
  /** "Nov 23" */
  readonly day: string;
  /** "Monday, November 23" */
  readonly spoken: string;
  /** None where `density` tells of them, but all of them for the day that the page has opened, since a large fleet has thousands. */
  readonly windows: readonly CalendarWindow[];
  readonly count: number;
  readonly inConflict: number;
  /** Where there are too many to list. */
  readonly density?: CalendarDensity;
}

/** How the images that run stand to the newest, of the user's own sets. */
export interface Images {
  readonly current: number;
  readonly behind: number;
  readonly unknown: number;
  readonly unchecked: number;
  /** Those that are furthest behind, worst first. */
  readonly worst: readonly { readonly id: string; readonly name: string; readonly words: string }[];
}

/** What is named by key in rows and filters, each in the order in which it is listed. */
export interface KeyedNames {
  readonly subscriptions: Readonly<Record<string, string>>;
  readonly configurations: Readonly<Record<string, string>>;
  readonly regions: Readonly<Record<string, string>>;
}

export interface Names extends KeyedNames {
  /** Of the coverage states, worst first. */
  readonly states: Readonly<Record<CoverageState, string>>;
}

/** A scale set in the table. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly state: CoverageState;
  /** Why it is in that state. */
  readonly why: string;
  /** The service that owns it, where that is not the user. */
  readonly managedBy?: string;
  /** Keys of its configurations for OS images. */
  readonly configurations: readonly string[];
  readonly upgradesOn: boolean;
  readonly region: string;
  readonly image: string;
  /** How its images stand to the newest, in a few words. */
  readonly freshness: string;
  /** The same as a number to sort by: days behind, 0 for the latest, below 0 where it is not known. */
  readonly age: number;
  /** `name:value` of each tag, one a line, for the filter. */
  readonly tags: string;
}

/** Which rows the table shows, and in which order. */
export interface View {
  /** Words that must all be found in a set's name, resource group, tags or image. */
  readonly text: string;
  /** A coverage state of the user's own sets; `others` for those of other services. */
  readonly state: CoverageState | "others" | "";
  readonly subscription: string;
  readonly configuration: string;
  readonly region: string;
  readonly freshness: "behind" | "unchecked" | "";
  /** What it is sorted by, the last choice first: those before it decide between equals. */
  readonly sort: readonly Sort[];
}

export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

/** From the extension to the page. */
export type ToPage =
  /** What comes next replaces all that was sent before. */
  | { readonly kind: "begin"; readonly texts: Texts; readonly language: string }
  /** What differs from what was sent before, in parts that are shown together: each but the last has `more` after it. */
  | {
      readonly kind: "changes";
      readonly data: Partial<ReportData>;
      readonly put: readonly Row[];
      readonly removed: readonly string[];
      readonly more: boolean;
    };

/** From the page to the extension. */
export type FromPage =
  /** The page waits for all; `day`: the one of the calendar that is opened. */
  | { readonly kind: "ready"; readonly day: string | undefined }
  /** Another day of the calendar is opened, or none. */
  | { readonly kind: "day"; readonly day: string | undefined }
  | { readonly kind: "run"; readonly command: string; readonly ids: readonly string[] }
  | { readonly kind: "runOn"; readonly command: string; readonly need: NeedName }
  | { readonly kind: "runOnShown"; readonly command: string; readonly view: View }
  | { readonly kind: "reveal"; readonly id: string }
  | { readonly kind: "export"; readonly format: ExportFormat; readonly view: View };

export type ExportFormat = "csv" | "json" | "markdown";
