import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, before, describe, test } from "node:test";
import * as vscode from "../../support/vscodeStandIn.ts";

const standIn = new URL("../../support/vscodeStandIn.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
after(() => hooks.deregister());

let quickPicks: typeof import("../../../src/ui/quickPicks.ts");
before(async () => (quickPicks = await import("../../../src/ui/quickPicks.ts")));

const heading = { label: "Contoso", kind: vscode.QuickPickItemKind.Separator };
const rows = [heading, { label: "vmss-a" }, { label: "vmss-b" }, { label: "vmss-ab" }];
const question = { title: "Check", placeHolder: "Search by name", none: "Select at least one (Space)" };

/** The labels that were taken, or the name of the error. */
async function taken(
  drive: (pick: vscode.QuickPick) => void,
  options: { readonly allowsNone?: true; readonly rows?: readonly object[] | Promise<never> } = {},
): Promise<unknown> {
  const { rows: shown = rows, ...more } = options;
  const picked = quickPicks.pickMany(shown as typeof rows, { ...question, ...more });
  const pick = vscode.quickPicks.pop() ?? assert.fail("nothing is shown");
  picked.catch(() => undefined);
  await new Promise(setImmediate); // the rows are there
  drive(pick);
  pick.hide();
  return picked.then(
    (all) => all.map(({ label }) => label),
    ({ name }: Error) => name,
  );
}

describe("a list to tick rows in", () => {
  test("has the picked rows ticked and the first of them in sight, below the command's title", async () => {
    const two = rows.map((row, index) => ({ ...row, picked: index > 1 }));
    const labels = await taken(
      (pick) => {
        assert.equal(pick.title, "Check");
        assert.deepEqual(pick.activeItems.map(labelOf), ["vmss-b"]);
        pick.accept();
      },
      { rows: two },
    );
    assert.deepEqual(labels, ["vmss-b", "vmss-ab"]);
  });

  test("gives the focused row where none is ticked", async () => {
    const labels = await taken((pick) => {
      pick.activeItems = pick.items.slice(1, 2);
      pick.accept();
    });
    assert.deepEqual(labels, ["vmss-a"]);
  });

  test("gives the only row that is named by what was typed, and stays open where several are", async () => {
    const labels = await taken((pick) => {
      pick.type("vmss-a");
      pick.accept();
      assert.equal(pick.prompt, question.none);
      pick.type("VMSS-AB");
      pick.accept();
    });
    assert.deepEqual(labels, ["vmss-ab"]);
  });

  test("stays open without any, and says so until a row is ticked; closing it cancels", async () => {
    const name = await taken((pick) => {
      assert.equal(pick.prompt, "");
      pick.accept();
      assert.equal(pick.prompt, question.none);
      pick.tick(...pick.items.slice(1, 2));
      assert.equal(pick.prompt, "");
      pick.tick();
      pick.activeItems = pick.items.slice(1, 2);
      pick.accept(); // its tick was taken away
      assert.equal(pick.prompt, question.none);
    });
    assert.equal(name, "Canceled");
  });

  test("says from the beginning what none means where that is a choice", async () => {
    const labels = await taken(
      (pick) => {
        assert.equal(pick.prompt, question.none);
        pick.activeItems = pick.items.slice(1, 2);
        pick.accept();
      },
      { allowsNone: true },
    );
    assert.deepEqual(labels, []);
  });

  test("fails as its rows do", async () => {
    const failing = Promise.reject<never>(new RangeError("no rows"));
    assert.equal(await taken(() => undefined, { rows: failing }), "RangeError");
  });
});

const labelOf = ({ label }: { readonly label: string }) => label;
