import { lineForUser } from "../bootstrap/failure.mjs";

/** What a layer of the tests found. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How long a test file took. */
export interface FileTime {
  /** Relative to `test/`, without its ending: `unit/fleet/store`. */
  readonly name: string;
  readonly seconds: number;
}

/** What came of a layer. */
export interface Found {
  readonly counts: Counts;
  /** Of the files that it has; none where it looks at everything at once. */
  readonly times: readonly FileTime[];
}

/** What a layer is asked for. */
export interface Order {
  /** The test files to run, relative to the top; none for a layer that has no files of its own. */
  readonly files: readonly string[];
  /** How many programs it may keep at work at once. */
  readonly parallel: number;
  /** Whether to take the pictures that tests describe. */
  readonly pictures: boolean;
  /** Takes what the layer has to say, a line or more at a time. */
  readonly print: (text: string) => void;
}

/** One kind of test; prints its own details, and fails with an exception only if it could not run. */
export type Layer = (order: Order) => Promise<Found>;

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

export function verdict(passed: boolean): Counts {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `3 passed, 0 failed`, and the skipped ones where there are any. */
export function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Several findings as one. */
export function together(found: readonly Found[]): Found {
  return {
    counts: found.map(({ counts }) => counts).reduce(add, nothing),
    times: found.flatMap(({ times }) => times),
  };
}

/** Tells why something could not run at all, and counts it as one failure. */
export function brokeOff(error: unknown, print: Order["print"]): Found {
  print(lineForUser(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return { counts: verdict(false), times: [] };
}
