import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { eligibility, verdictOf } from "../../src/core/eligibility/eligibility.ts";
import { isObject, textAt } from "../../src/core/json.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { inEnglish } from "../../src/core/message.ts";
import { Failure } from "../bootstrap/failure.mjs";

/** What `explain -- scale-set` prints, as JSON. */
export interface ScaleSetExplanation {
  readonly verdict: "eligible" | "blocked" | "warnings";
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: "block" | "warn";
    readonly status: "pass" | "fail" | "unknown";
    readonly observed: string | null;
    readonly message: string;
    readonly fix: string | null;
    readonly sources: readonly string[];
  }[];
}

/** Explains the scale set in a file, `-` for standard input. Throws a `Failure` for what holds no scale set as ARM returns it. */
export async function explainScaleSetIn(file: string): Promise<ScaleSetExplanation> {
  return explainScaleSet(file === "-" ? await textOf(process.stdin) : await contentOf(file));
}

export function explainScaleSet(text: string): ScaleSetExplanation {
  const findings = eligibility(scaleSetIn(text));
  return {
    verdict: verdictOf(findings),
    findings: findings.map(({ rule, severity, status, observed, message, fix, sources }) => ({
      rule,
      severity,
      status,
      observed: observed ?? null,
      message: inEnglish(message),
      fix: fix === undefined ? null : inEnglish(fix),
      sources,
    })),
  };
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Failure(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function scaleSetIn(text: string): JsonObject {
  const value = parsed(text.replace(/^\uFEFF/, ""));
  if (!isObject(value)) {
    throw new Failure("The input is not one JSON object: give one scale set as ARM returns it.");
  }
  const type = textAt(value, "type");
  if (type !== undefined && type.toLowerCase() !== "microsoft.compute/virtualmachinescalesets") {
    throw new Failure(`The input is a ${type}, not a scale set.`);
  }
  if (!("properties" in value)) {
    throw new Failure(
      "The input has no properties: give a scale set as ARM returns it, such as az resource show prints it; az vmss show prints another shape.",
    );
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
    throw new Failure(`The input is not JSON: ${reason}`);
  }
}
