/** Whether the user is in control of a scale set's OS upgrades, worst first; a set is in exactly one. */
export const coverageStates = [
  "unknown",
  "broken",
  "blocked",
  "uncontrolled",
  "idle",
  "unmanaged",
  "controlled",
] as const;

export type CoverageState = (typeof coverageStates)[number];
