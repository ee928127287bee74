import { readFileSync } from "node:fs";
import { eligibility } from "../../src/core/eligibility/eligibility.ts";
import { verdictOf } from "../../src/core/eligibility/rule.ts";
import { textAt, type JsonObject } from "../../src/core/resources/json.ts";
import { inEnglish } from "../../src/core/text/message.ts";
import { Failure } from "../bootstrap/failure.mjs";
import type { Subject } from "./subject.ts";

/** Explains whether a scale set can have automatic OS upgrades, from its model alone: each rule's finding, and what they come to. */
export const scaleSetSubject: Subject<Record<never, never>> = {
  usage: "npm run -s explain -- scale-set <file.json | ->",
  options: {},
  read: contentOf,
  explain: explainScaleSet,
};

export function explainScaleSet(json: JsonObject) {
  const findings = eligibility(asReturned(json));
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

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Refuses what is no scale set as ARM returns it. One without its properties is taken: the rules then say what they lack. */
function asReturned(json: JsonObject): JsonObject {
  const type = textAt(json, "type");
  const isScaleSet = type?.toLowerCase() === "microsoft.compute/virtualmachinescalesets";
  if (type !== undefined && !isScaleSet) {
    throw new Failure(`That is of type ${JSON.stringify(type)}, not a scale set.`);
  }
  if ("properties" in json) return json;
  if ("virtualMachineProfile" in json) {
    throw new Failure(
      "That is a scale set as az vmss show prints it: pass one as ARM returns it, such as az resource show prints it.",
    );
  }
  if (isScaleSet) return json;
  throw new Failure("That is no scale set: it has neither type nor properties.");
}
