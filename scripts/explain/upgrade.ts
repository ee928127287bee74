import { errorIn } from "../../src/azure/errors/errorBody.ts";
import { explainCause } from "../../src/azure/errors/explanations.ts";
import { explainUpgrade } from "../../src/azure/errors/upgradeExplanations.ts";
import { isObject, numberAt, objectAt, textAt, type JsonObject } from "../../src/core/resources/json.ts";
import { partsOf } from "../../src/core/text/errorDetails.ts";
import { inEnglish } from "../../src/core/text/message.ts";
import { attemptOf } from "../../src/core/upgrades/attempts.ts";
import { decodedError, type DecodedError } from "../../src/core/upgrades/upgradeErrors.ts";
import { Failure } from "../bootstrap/failure.mjs";
import { contentOf, inUtc } from "./input.ts";
import type { Subject } from "./subject.ts";

/** Explains one rolling upgrade, one item of an upgrade history, or an error body, each as Azure returns it. What Azure does not say is null. */
export const upgradeSubject: Subject<Record<never, never>> = {
  usage: "npm run -s explain -- upgrade <file.json | ->",
  options: {},
  read: contentOf,
  explain: explainUpgradeOf,
};

function explainUpgradeOf(json: JsonObject) {
  const upgrade = isUpgrade(json) ? json : undefined;
  const { status = "", startedBy, started, ended, error } = upgrade === undefined ? {} : attemptOf(upgrade);
  const properties = objectAt(upgrade, "properties");
  const count = (name: string) => numberAt(properties, "progress", `${name}InstanceCount`) ?? null;
  return {
    state: status === "" ? null : status,
    startedBy: startedBy ?? null,
    started: inUtc(started),
    ended: inUtc(ended),
    instances: {
      successful: count("successful"),
      failed: count("failed"),
      inProgress: count("inProgress"),
      pending: count("pending"),
    },
    error: upgrade === undefined ? ofBody(json) : ofError(objectAt(properties, "error"), error),
  };
}

/** The members of `properties` of which an upgrade has some, and a scale set none. */
const ofUpgrades = ["runningStatus", "progress", "error", "startedBy"];

/** Whether it is an upgrade; refuses what is neither that nor an error body. */
function isUpgrade(json: JsonObject): boolean {
  const type = textAt(json, "type");
  if (type !== undefined && !/^microsoft\.compute\/virtualmachinescalesets\/./i.test(type)) {
    throw new Failure(`Not an upgrade: type ${JSON.stringify(type)}`);
  }
  if (Array.isArray(json["value"])) throw new Failure("This is a list. Use one item of its value.");
  const properties = json["properties"];
  if (isObject(properties) && ofUpgrades.some((name) => name in properties)) {
    for (const name of ["runningStatus", "progress", "error"]) {
      const value = properties[name] ?? undefined;
      if (value !== undefined && !isObject(value)) throw new Failure(`properties.${name} isn't an object.`);
    }
    return true;
  }
  if ("runningStatus" in json) {
    throw new Failure(
      "This is the output of az vmss rolling-upgrade. Use the JSON that ARM returns, such as the output of az rest.",
    );
  }
  if (properties !== undefined || decodedError(errorIn(json)) === undefined) {
    throw new Failure("Not a rolling upgrade, an item of an upgrade history or an error body");
  }
  return false;
}

function ofBody(body: JsonObject) {
  const error = errorIn(body);
  return ofError(error, decodedError(error));
}

/** Codes of upgrades speak for themselves; a refusal's code is a general one, and its words tell. */
function ofError(error: JsonObject | undefined, decoded: DecodedError | undefined) {
  if (decoded === undefined) return null;
  const { code, meaning, next, details } = decoded;
  const { code: general = "", message = "" } = partsOf(error);
  const explained =
    explainUpgrade(code ?? "", "") === undefined
      ? explainCause({ code: general, detail: message, details })
      : undefined;
  return {
    code: code ?? null,
    meaning: inEnglish(explained?.summary ?? meaning),
    next: inEnglish(explained?.wayOut ?? next),
    details: details.map((detail) => ({
      code: detail.code ?? null,
      message: detail.message ?? null,
      target: detail.target ?? null,
    })),
  };
}
