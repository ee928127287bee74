import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { readErrorBody } from "../../src/azure/errors/errorBody.ts";
import { explain } from "../../src/azure/errors/explanations.ts";
import { readSandboxAddress } from "../../src/commands/session/sandboxAddress.ts";
import { eligibility } from "../../src/core/eligibility/eligibility.ts";
import { change } from "../../src/core/plans/change.ts";
import { allows, readPermissions } from "../../src/core/plans/roles.ts";
import { message } from "../../src/core/text/message.ts";
import { nameWithSet, parseId } from "../../src/core/resources/ids.ts";
import { withoutNames } from "../../src/core/text/withoutNames.ts";
import { dayOfVersion } from "../../src/core/upgrades/imageVersion.ts";
import { decodedError } from "../../src/core/upgrades/upgradeErrors.ts";
import { parseRecurrence } from "../../src/core/windows/recurrence.ts";
import { csvOf } from "../../src/export/csv.ts";
import { tableText } from "../../src/export/table.ts";
import { endedLine, headLine, planLine } from "../../src/fleet/plans/planFile.ts";
import { escapeIcons } from "../../src/ui/icons.ts";
import { codeSpan, escapeInline, escapeMarkdown } from "../../src/ui/markdown.ts";
import { planMarkdown } from "../../src/report/plans/planRecords.ts";
import { exportedOf, planMarkup, describedOf } from "../support/planText.ts";
import { problem, web } from "./fleet/fakes.ts";

/** A whole answer's worth of each, in characters. */
const length = 100_000;
const texts: readonly string[] = [
  "a",
  " ",
  "/",
  "@",
  "'",
  "`",
  "0",
  "a@",
  "client '",
  "https://",
  "https://a?sig",
  "$(a",
  "\r\n",
  "\n \t",
  "%2e",
  "/versions/",
  "perform action '",
  "Month First Monday offset ",
].map((part) => part.repeat(length / part.length));

/** Where the work grows with the square of a text, it is ended then, in the midst of a regular expression too. */
const tooLongMs = 10_000;

const plan = (text: string) => ({
  title: message("{0}", text),
  changes: [
    change(
      "associate",
      `${web.id}/providers/Microsoft.Maintenance/configurationAssignments/${text}`,
      message("{0}", text),
    ),
  ],
  leftOut: [{ target: text, reason: message("{0}", text) }],
  warnings: [message("{0}", text)],
});
const failed = (text: string) =>
  ({ status: "failed", problem: { ...problem(), summary: message("{0}", text), detail: text } }) as const;
const resultsOf = (text: string) => plan(text).changes.map((one) => ({ change: one, outcome: failed(text) }));

/** By what they are, all that read or write texts of others. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  "the journal": (text) => [
    headLine({ at: 1, owner: "o", origin: "azure", plan: plan(text) }),
    ...resultsOf(text).map((result) => planLine(endedLine(result), { at: 1, by: 1 })),
  ],
  "names in a text": withoutNames,
  "an error body": (text) => [
    readErrorBody(text),
    readErrorBody(JSON.stringify({ error: { code: text, message: text } })),
  ],
  "an explanation": (text) => explain("forbidden", { host: "h", code: text, detail: text }),
  "an upgrade's error": (text) => decodedError({ code: text, message: text }),
  "a role's patterns": (text) =>
    [text, "*a*a*a*a*a*a*a*b", `${"a*".repeat(8)}${text}`, "*".repeat(length)].map((pattern) =>
      allows(readPermissions([{ actions: [pattern], notActions: [text] }]), text),
    ),
  "a scale set's model": (text) =>
    eligibility({
      id: text,
      tags: { [text]: text },
      properties: {
        provisioningState: text,
        virtualMachineProfile: {
          storageProfile: { imageReference: { id: text, version: text } },
          extensionProfile: {
            extensions: [{ name: text, properties: { publisher: text, type: text, settings: { text } } }],
          },
        },
        upgradePolicy: { mode: text, rollingUpgradePolicy: { pauseTimeBetweenBatches: text } },
      },
    }),
  "an id": (text) => [parseId(text), parseId(`/subscriptions/${text}`), nameWithSet(text)],
  "an image's version": dayOfVersion,
  "a recurrence": (text) =>
    [text, `Week${text}`, `Month First Monday${text}x`, `Month ${text}`].map(parseRecurrence),
  "the sandbox's address": (text) => [
    readSandboxAddress(text),
    readSandboxAddress(`https://localhost:1/${text}#x`),
  ],
  "a table": (text) => [
    csvOf([[text]]),
    tableText([[text]]),
    [...planMarkdown(exportedOf(plan(text), resultsOf(text)))],
    planMarkup(describedOf(plan(text), resultsOf(text))),
  ],
  Markdown: (text) => [escapeMarkdown(text), escapeInline(text), codeSpan(text), escapeIcons(text)],
};

for (const [name, read] of Object.entries(readers)) {
  test(`${name}: a text of 100,000 characters is taken without a stop, whatever is in it`, () => {
    for (const text of texts) runInNewContext("read(text)", { read, text }, { timeout: tooLongMs });
  });
}
