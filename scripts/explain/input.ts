import { readFileSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import { isObject, isTooDeep, maxJsonDepth, type JsonObject } from "../../src/core/resources/json.ts";
import { Failure } from "../bootstrap/failure.mjs";

/** What a file holds. */
export function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // A name may hold line breaks, and JSON that was passed as a name does.
    throw new Failure(`Couldn't read ${file}: ${why}`.replaceAll(/\s+/g, " "));
  }
}

/** The JSON object that a text is. `of`: what is said before a refusal, where it is not about the argument itself. */
export function objectIn(text: string, of = ""): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, "")); // some tools begin a file with a mark of its encoding
  } catch (error) {
    // The parser quotes the text, line breaks included.
    throw new Failure(`${of}Not JSON: ${String(error).replaceAll(/\s+/g, " ")}`);
  }
  if (isTooDeep(value)) throw new Failure(`${of}Nested more than ${maxJsonDepth} levels deep.`);
  if (isObject(value)) return value;
  throw new Failure(`${of}Not a JSON object, {"name": value}: ${JSON.stringify(value).slice(0, 60)}`);
}

/** The instant that an option takes, as an ISO instant in UTC. From a part of a millisecond it is the next whole one. */
export function instantOf(option: string, text: string): string {
  try {
    return Temporal.Instant.from(text)
      .round({ smallestUnit: "millisecond", roundingMode: "ceil" })
      .toString();
  } catch {
    throw new Failure(
      `${option} must be an ISO instant such as 2026-11-01T05:00:00Z, not ${JSON.stringify(text)}.`,
    );
  }
}

/** A time as Azure writes it, with up to seven digits of a second and any offset, in UTC and whole milliseconds; null for what is none. */
export function inUtc(text: string | undefined): string | null {
  try {
    return Temporal.Instant.from(text ?? "")
      .round({ smallestUnit: "millisecond", roundingMode: "trunc" })
      .toString();
  } catch {
    return null; // That it is no instant is the answer.
  }
}
