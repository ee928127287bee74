import { isObject, textAt, type Json, type JsonObject } from "../../src/core/resources/json.ts";
import type { EligibilityFacts } from "../../src/core/eligibility/facts.ts";
import { scheduleFacts } from "../../src/core/windows/facts.ts";
import { Failure } from "../bootstrap/failure.mjs";
import { contentOf, objectIn } from "./input.ts";

/**
 * What each member of `--facts` takes. Each may be null: Azure was asked, and there is none. Of an array that is the empty one.
 */
const members = {
  newestImage: "object",
  instances: "array",
  instanceView: "object",
  loadBalancer: "object",
  rollingUpgrade: "object",
  upgradeHistory: "array",
  configurations: "array",
} as const;

type Member = keyof typeof members;

/** The facts of a file, as `--facts` names it. `now`: an ISO instant, from which the windows of the configurations are worked out. */
export function factsIn(file: string, now: string): EligibilityFacts {
  const json = objectIn(contentOf(file), `--facts ${file}: `);
  for (const [name, value] of Object.entries(json)) check(file, name, value);
  const one = <N extends Member>(name: N) => {
    const value = json[name];
    return value === undefined
      ? undefined
      : ({ [name]: isObject(value) ? value : null } as Record<N, JsonObject | null>);
  };
  const list = (name: Member) => {
    const value = json[name] === null ? [] : json[name];
    return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : undefined;
  };
  const [instances, upgradeHistory] = [list("instances"), list("upgradeHistory")];
  const configurations = list("configurations")?.map(withId);
  return {
    ...one("newestImage"),
    ...(instances && { instances }),
    ...one("instanceView"),
    ...one("loadBalancer"),
    ...one("rollingUpgrade"),
    ...(upgradeHistory && { upgradeHistory }),
    ...(configurations && {
      configurations: configurations.map((resource) => ({
        resource,
        schedule: scheduleFacts(resource, now),
      })),
    }),
  };
}

function check(file: string, name: string, value: Json | undefined): void {
  if (!Object.hasOwn(members, name)) {
    const known = Object.keys(members).join(", ");
    throw new Failure(`--facts ${file}: ${JSON.stringify(name)} isn't a fact. Use: ${known}.`);
  }
  if (value === null) return;
  if (members[name as Member] === "object") {
    if (!isObject(value)) throw wrongType(file, name, "an object or null");
  } else if (!Array.isArray(value) || !value.every(isObject)) {
    throw wrongType(file, name, "an array of objects, or null");
  }
}

function wrongType(file: string, name: string, takes: string): Failure {
  return new Failure(`--facts ${file}: ${name} must be ${takes}. Leave it out if Azure wasn't asked.`);
}

/** Configurations are told apart by their ids. */
function withId(configuration: JsonObject, index: number): JsonObject {
  const id = textAt(configuration, "id") ?? textAt(configuration, "name") ?? `configurations[${index}]`;
  return { ...configuration, id };
}
