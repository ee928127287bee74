import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, describe, test } from "node:test";
import type { Choice, Fact, PickQuestion, Reply, Row } from "../../../../src/flows/engine/question.ts";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
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

/** The documents that were opened, each as its title and its lines. */
const read: string[][] = [];

/** Shows the question and lets `drive` answer it, then closes it. */
async function answered(asked: PickQuestion, drive: (pick: vscode.QuickPick) => void): Promise<Reply> {
  const { quickPickPrompter } = await import("../../../../src/flows/face/quickPick.ts");
  read.length = 0;
  const prompter = quickPickPrompter(
    async (title, lines) => void read.push([inEnglish(title), ...lines.map(inEnglish)]),
  );
  const reply = prompter.ask(asked, { flow: message("Create"), canGoBack: false });
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

test("while rows are loaded one can go back", async () => {
  const { quickPickPrompter } = await import("../../../../src/flows/face/quickPick.ts");
  const loading = { ...question, rows: () => new Promise<never>(() => undefined) };
  const reply = quickPickPrompter(async () => undefined).ask(loading, {
    flow: message("Create"),
    canGoBack: true,
  });
  const pick = vscode.quickPicks.pop() ?? assert.fail();
  assert.deepEqual(pick.buttons, [vscode.QuickInputButtons.Back]);
  pick.hide();
  await reply;
});

const long = verbatim(Array<string>(60).fill("reason").join(" "));
const fact: Fact = { kind: "fact", icon: "warning", label: message("Heed this"), detail: long };

describe("a fact", () => {
  const withFact: PickQuestion = { ...question, rows: [...rows, fact] };

  test("is one row, however long", async () => {
    await answered(withFact, (pick) => {
      assert.deepEqual(pick.items.slice(rows.length).map(labelOf), ["Heed this"]);
    });
  });

  test("answers nothing, and Enter on it shows its text whole", async () => {
    const reply = await answered(withFact, (pick) => pick.press(...pick.items.slice(-1)));
    assert.deepEqual(reply, { kind: "cancel" });
    assert.deepEqual(read, [["Time zone", "Heed this", `    ${inEnglish(long)}`]]);
  });

  test("shows the document of its question instead, where there is one", async () => {
    let shown = 0;
    const document = async () => void shown++;
    await answered({ ...withFact, document }, (pick) => pick.press(...pick.items.slice(-1)));
    assert.equal(shown, 1);
    assert.deepEqual(read, []);
  });
});

describe("a multiple choice", () => {
  const none = message("Select at least one time zone (Space)");
  const { find: _, ...unfound } = question;
  const many: PickQuestion = { ...unfound, many: { none } };
  const values = (...all: readonly string[]): Reply => ({ kind: "value", value: all });
  const focus = (pick: vscode.QuickPick, index: number) =>
    (pick.activeItems = pick.items.slice(index, index + 1));

  test("takes the ticked rows, whichever is focused", async () => {
    const reply = await answered(many, (pick) => {
      pick.tick(...pick.items.slice(1));
      focus(pick, 0);
      pick.accept();
    });
    assert.deepEqual(reply, values("America/Tijuana", "Europe/Berlin"));
  });

  test("takes the focused row where none is ticked", async () => {
    const reply = await answered(many, (pick) => {
      focus(pick, 1);
      pick.accept();
    });
    assert.deepEqual(reply, values("America/Tijuana"));
  });

  test("takes the only row that is named by what was typed", async () => {
    const reply = await answered(many, (pick) => {
      pick.type("berlin");
      pick.accept();
    });
    assert.deepEqual(reply, values("Europe/Berlin"));
  });

  test("takes no row whose tick was taken away, and says below the box what it waits for until a row is ticked", async () => {
    const reply = await answered({ ...many, proposed: ["Europe/Berlin"] }, (pick) => {
      assert.deepEqual(pick.selectedItems.map(labelOf), ["Europe/Berlin"]);
      assert.deepEqual(pick.activeItems.map(labelOf), ["Europe/Berlin"]);
      pick.tick();
      pick.accept();
      assert.equal(pick.prompt, none.template);
      pick.tick(...pick.items.slice(0, 1));
      assert.equal(pick.prompt, "");
      pick.accept();
    });
    assert.deepEqual(reply, values("America/Los_Angeles"));
  });

  test("that is left as it came answers nothing; what was ticked meanwhile is kept", async () => {
    const proposing = { ...many, proposed: ["Europe/Berlin"] };
    assert.deepEqual(await answered(proposing, () => undefined), { kind: "cancel" });
    const reply = await answered(proposing, (pick) => pick.tick(...pick.items.slice(0, 1)));
    assert.deepEqual(reply, { kind: "cancel", unfinished: ["America/Los_Angeles"] });
  });

  test("says it in the title, after the command's name, where VS Code has no line below the box", async () => {
    await answered(many, (pick) => {
      Object.defineProperty(pick, "prompt", { get: () => "" }); // setting it throws
      pick.type("america");
      pick.accept();
      assert.equal(pick.title, `Create: Time zone: ${none.template}`);
      pick.tick(...pick.items.slice(0, 1));
      assert.equal(pick.title, "Create: Time zone");
    });
  });

  const other: Fact = { kind: "fact", label: message("And this") };
  const withMore: PickQuestion = {
    ...many,
    rows: [
      fact,
      { kind: "group", label: message("All") },
      ...rows,
      { kind: "group", label: message("Not these") },
      other,
      {
        kind: "action",
        icon: "question",
        label: message("Explain"),
        run: async () => void read.push(["ran"]),
      },
    ],
  };

  test("has no row but choices and their headings", async () => {
    await answered(withMore, (pick) => {
      assert.ok(pick.canSelectMany);
      assert.deepEqual(pick.items.map(labelOf), ["All", ...zones]);
    });
  });

  test("says its facts below the box, shows them by a button, and has its actions beside it", async () => {
    await answered(withMore, (pick) => {
      assert.equal(pick.prompt, "Heed this and 1 more");
      pick.accept();
      assert.equal(pick.prompt, none.template);
      pick.tick(...pick.items.slice(1, 2));
      assert.equal(pick.prompt, "Heed this and 1 more");
      pick.pressButton("Show Details");
      pick.pressButton("Explain");
    });
    const facts = ["Heed this", `    ${inEnglish(long)}`, "Not these", "And this"];
    assert.deepEqual(read, [["Time zone", ...facts], ["ran"]]);
  });

  test("without any choice has rows to read and to run, and no checkboxes", async () => {
    const empty: readonly Row[] = [fact];
    const reply = await answered({ ...many, rows: empty }, (pick) => {
      assert.ok(!pick.canSelectMany);
      pick.press(...pick.items);
    });
    assert.deepEqual(reply, { kind: "cancel" });
    assert.equal(read.length, 1);
  });
});

const labelOf = ({ label }: { readonly label: string }) => label;

test("a row that stands for many shows them below it, hides them again, and stays the active one", async () => {
  const { find: _, ...fixed } = question;
  const fold: Row = {
    kind: "fold",
    label: verbatim("3 zones"),
    description: verbatim("all"),
    rows: () => rows,
  };
  const shown: (readonly string[])[] = [];
  const reply = await answered({ ...fixed, rows: [fold] }, (pick) => {
    const look = () => shown.push(pick.items.map(({ label }) => label));
    look();
    for (let press = 0; press < 2; press++) {
      pick.press(...pick.items.slice(0, 1));
      look();
      assert.deepEqual(pick.activeItems, pick.items.slice(0, 1));
    }
  });
  assert.deepEqual(shown, [["3 zones"], ["3 zones", ...zones], ["3 zones"]]);
  assert.deepEqual(reply, { kind: "cancel" });
});

test("a value that has to be confirmed is asked about once at a time, and answers only with a yes", async () => {
  const { quickPickPrompter } = await import("../../../../src/flows/face/quickPick.ts");
  const { find: _, ...fixed } = question;
  const asked: PromiseWithResolvers<boolean>[] = [];
  const confirm = () => {
    const answer = Promise.withResolvers<boolean>();
    asked.push(answer);
    return answer.promise;
  };
  const reply = quickPickPrompter(async () => undefined).ask(
    { ...fixed, confirm },
    { flow: message("Create"), canGoBack: false },
  );
  const pick = vscode.quickPicks.pop() ?? assert.fail();
  await Promise.resolve(); // the rows are there
  const press = () => pick.press(...pick.items.slice(2));
  press();
  press();
  assert.equal(asked.length, 1);
  asked[0]?.resolve(false);
  await new Promise(setImmediate);
  press();
  assert.equal(asked.length, 2);
  asked[1]?.resolve(true);
  assert.deepEqual(await reply, berlin);
});

describe("a row that asks in a quick pick of its own", () => {
  const label = message("Export");
  async function stepped(run: () => Promise<void>) {
    const { quickPickPrompter } = await import("../../../../src/flows/face/quickPick.ts");
    const row: Row = { kind: "action", label, asks: true, run };
    const { find: _, ...fixed } = question;
    const reply = quickPickPrompter(async () => undefined).ask(
      { ...fixed, rows: [...rows, row] },
      { flow: message("Create"), canGoBack: false },
    );
    const pick = vscode.quickPicks.pop() ?? assert.fail();
    await Promise.resolve(); // the rows are there
    return { pick, reply, press: () => pick.press(...pick.items.slice(-1)) };
  }

  test("lets the question step aside, which is back as it was with the row active", async () => {
    const asked = Promise.withResolvers<void>();
    const { pick, reply, press } = await stepped(() => asked.promise);
    press();
    pick.isShown = false; // VS Code shows one quick pick at a time
    pick.hide();
    asked.resolve();
    await new Promise(setImmediate);
    assert.equal(pick.isShown, true);
    assert.deepEqual(
      pick.activeItems.map((item) => item.label),
      pick.items.slice(-1).map((item) => item.label),
    );
    pick.press(...pick.items.slice(2, 3));
    assert.deepEqual(await reply, berlin);
  });

  test("brings it back with the reason where that fails, and Escape leaves it then", async () => {
    const { pick, reply, press } = await stepped(() => Promise.reject(new Error("No folder")));
    press();
    pick.hide();
    await new Promise(setImmediate);
    assert.equal(pick.isShown, true);
    assert.match(`${pick.title} ${pick.prompt}`, /No folder/);
    pick.hide();
    assert.deepEqual(await reply, { kind: "cancel" });
  });
});
