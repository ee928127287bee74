/**
 * Scale sets whose eligibility is known from how each was built: a sound one of every kind, with one thing wrong or two, in any shape that
 * Azure sends. Whoever judges scale sets, the sandbox or this extension's own rules, has to come to the same verdict.
 */
import { type Defect, defects } from "./defects.ts";
import { harmless } from "./harmless.ts";
import { type Draft, type Facts, type Model, serviceFabric } from "./model.ts";
import { kinds, soundScaleSet } from "./sound.ts";

export type { Facts } from "./model.ts";

export interface GeneratedScaleSet {
  /** What was done to it, for the name of a test. */
  readonly what: string;
  /** The whole model as GET returns it, upgrades off. */
  readonly scaleSet: Model;
  readonly facts: Facts;
  /** The body of the PATCH that enables automatic OS upgrades. */
  readonly enable: Model;
  readonly expected: {
    readonly verdict: "eligible" | "warnings" | "blocked";
    /** Ids of the eligibility rules that fail. */
    readonly failing: readonly string[];
    /** Rules of which the way it was built says nothing. */
    readonly open: readonly string[];
    /** What the service may say: the words of one of its defects, whichever it meets first. Empty: it accepts. */
    readonly refusals: readonly string[];
  };
}

function built(index: number, kind: (typeof kinds)[number], wrong: readonly Defect[]): GeneratedScaleSet {
  const draft = soundScaleSet(kind, `vmss-generated-${index}`);
  const open = serviceFabric(draft) === undefined ? [] : ["managed-by-other"];
  for (const defect of wrong) defect.apply(draft);
  harmless[index % harmless.length]?.(draft);
  const refusals = wrong.flatMap(({ refusal }) => refusal ?? []);
  const verdict = refusals.length > 0 ? "blocked" : wrong.length > 0 ? "warnings" : "eligible";
  const { set: scaleSet, facts, enable } = draft;
  const what = `${kind.image.split("/").at(-1)}, ${kind.mode}, ${kind.source}: ${wrong.map((one) => one.what).join(" and ") || "sound"}`;
  const failing = [...new Set(wrong.map(({ rule }) => rule))].toSorted();
  return { what, scaleSet, facts, enable, expected: { verdict, failing, open, refusals } };
}

/** The kinds that all of these defects fit, in an order that begins elsewhere for each of them. */
function fitting(wrong: readonly Defect[], first: number): (typeof kinds)[number][] {
  const rotated = [...kinds.slice(first % kinds.length), ...kinds.slice(0, first % kinds.length)];
  return rotated.filter((kind) => {
    const draft: Draft = soundScaleSet(kind, "vmss-tried");
    return wrong.every(({ fits }) => fits(draft));
  });
}

function pairs(): (readonly [Defect, Defect])[] {
  return defects.flatMap((one, index) =>
    defects
      .slice(index + 1)
      .filter((other) => other.part !== one.part)
      .map((other) => [one, other] as const),
  );
}

/** All of them, the same each time. */
export function generatedScaleSets(): GeneratedScaleSet[] {
  const recipes = [
    ...kinds.map((kind) => ({ kind, wrong: [] as readonly Defect[] })),
    ...defects.flatMap((defect, index) =>
      fitting([defect], index * 7)
        .slice(0, 5)
        .map((kind) => ({ kind, wrong: [defect] })),
    ),
    ...pairs().flatMap((wrong, index) =>
      fitting(wrong, index * 5)
        .slice(0, 1)
        .map((kind) => ({ kind, wrong })),
    ),
  ];
  return recipes.map(({ kind, wrong }, index) => built(index, kind, wrong));
}
