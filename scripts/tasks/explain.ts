// `npm run -s explain -- <subject> <json or file>`: explains a piece of Azure's JSON, as JSON on standard output.
// The exit code is 0 even where it finds problems, and 2 with one line on standard error where it can't use the input.
import { text as textOf } from "node:stream/consumers";
import type { ParseArgsOptionsConfig } from "node:util";
import { Failure } from "../bootstrap/failure.mjs";
import { objectIn } from "../explain/input.ts";
import { scaleSetSubject } from "../explain/scaleSet.ts";
import type { Subject } from "../explain/subject.ts";
import { upgradeSubject } from "../explain/upgrade.ts";
import { windowSubject } from "../explain/window.ts";
import { task } from "../lib/task.ts";

/** The exit code for input that can't be used. */
const unusable = 2;

switch (process.argv[2]) {
  case "window":
    await explain(windowSubject);
    break;
  case "scale-set":
    await explain(scaleSetSubject);
    break;
  case "upgrade":
    await explain(upgradeSubject);
    break;
  default:
    console.error(
      `Choose what to explain: window, scale-set or upgrade. Usage: ${windowSubject.usage}, ${scaleSetSubject.usage}, or ${upgradeSubject.usage}`,
    );
    process.exitCode = unusable;
}

function explain<T extends ParseArgsOptionsConfig>(subject: Subject<T>): Promise<void> {
  const { usage, options, read = (json: string) => json } = subject;
  return task(
    usage,
    options,
    async (values, [, argument, ...others]) => {
      if (argument === undefined) throw new Failure(`The JSON is missing. Usage: ${usage}`);
      if (others.length > 0) throw new Failure(`Unexpected ${JSON.stringify(others[0])}. Usage: ${usage}`);
      const text = argument === "-" ? await textOf(process.stdin) : read(argument);
      console.log(JSON.stringify(await subject.explain(objectIn(text), values), null, 2));
    },
    unusable,
  );
}
