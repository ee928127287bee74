/** What a layer of the tests found. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** One kind of test; prints its own details, and fails with an exception only if it could not run. */
export type Layer = () => Promise<Counts>;

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
