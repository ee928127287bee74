/** The first reading after the start, one with nothing changed, one after somebody else has changed one set. */
export const phases = ["cold", "warm", "changed"] as const;
export type Phase = (typeof phases)[number];
