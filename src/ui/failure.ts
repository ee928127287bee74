import { inEnglish } from "../core/text/message.ts";
import type { Problem } from "../core/text/problem.ts";

const brand = Symbol.for("scaleSetMaintenance.Failure");

/** Ends a command with a problem that is not an answer of Azure's: a setting that cannot be used. */
export class Failure extends Error {
  readonly [brand] = true;
  readonly problem: Problem;
  /** The setting that has to be changed, when it is one. */
  readonly setting: string | undefined;

  constructor(problem: Problem, setting?: string) {
    super(inEnglish(problem.summary));
    this.name = "Failure";
    this.problem = problem;
    this.setting = setting;
  }

  /** Whether `error` is a Failure, of whichever bundle's copy of the class. */
  static is(error: unknown): error is Failure {
    return typeof error === "object" && error !== null && brand in error;
  }
}
