import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, test } from "node:test";
import type { Choice, PickQuestion, Reply } from "../../../../src/flows/engine/question.ts";
import { message, verbatim } from "../../../../src/core/text/message.ts";
import * as vscode from "../../../support/vscodeStandIn.ts";

const standIn = new URL("../../../support/vscodeStandIn.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
after(() => hooks.deregister());

const zones = ["America/Los_Angeles", "America/Tijuana", "Europe/Berlin"];
const rows = zones.map((zone): Choice => ({ kind: "choice", value: zone, label: verbatim(zone) }));
const question: PickQuestion = {
  kind: "pick",
  title: message("Time zone"),
  placeholder: message("Which one?"),
  rows,
  find: (text) => rows.filter(({ value }) => value.includes(text)),
};

/** Shows the question and lets `drive` answer it, then closes it. */
async function answered(asked: PickQuestion, drive: (pick: vscode.QuickPick) => void): Promise<Reply> {
  const { quickPickPrompter } = await import("../../../../src/flows/engine/quickPick.ts");
  const reply = quickPickPrompter.ask(asked, { flow: message("Create"), canGoBack: false });
  const pick = vscode.quickPicks.pop();
  assert.ok(pick);
  await Promise.resolve(); // the rows are there
  drive(pick);
  pick.hide();
  return reply;
}

const berlin: Reply = { kind: "value", value: "Europe/Berlin" };

test("a press that meets no row answers with the only one that was found", async () => {
  const reply = await answered(question, (pick) => {
    pick.type("Berlin");
    pick.press();
  });
  assert.deepEqual(reply, berlin);
});

test("a press that meets no row answers nothing where several were found", async () => {
  const reply = await answered(question, (pick) => {
    pick.type("America");
    pick.press();
  });
  assert.deepEqual(reply, { kind: "cancel" });
});

test("a press that meets no row answers nothing where rows are not found anew", async () => {
  const { find: _, ...fixed } = { ...question, rows: rows.slice(2) };
  assert.deepEqual(await answered(fixed, (pick) => pick.press()), { kind: "cancel" });
});

test("a press of a row answers with that row", async () => {
  assert.deepEqual(await answered(question, (pick) => pick.press(...pick.items.slice(2))), berlin);
});
