import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { titleCommands, withoutNodes } from "../../../src/commands/titleCommands.ts";
import { commandNames } from "../../../src/telemetry/events.ts";

interface Contributed {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Setting {
  readonly scope: string;
  readonly order?: number;
  readonly enum?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly markdownDescription?: string;
}
interface Binding {
  readonly command: string;
  readonly when: string;
  readonly args?: { readonly commands?: readonly (string | { readonly command: string })[] } | string;
}
const at = (name: string) => new URL(`../../../${name}`, import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(at(name), "utf8"));
const { contributes, ...manifest } = read("package.json") as {
  readonly icon: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly restrictedConfigurations?: readonly string[];
    };
  };
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly commands: readonly Contributed[];
    readonly menus: Readonly<Record<string, readonly Contributed[]>>;
    readonly keybindings: readonly Binding[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly id: string; readonly media: { readonly svg: string } }[];
    }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
};
const texts = read("package.nls.json") as Readonly<Record<string, string>>;
const prefix = "scaleSetMaintenance.";
const contributed = contributes.commands.map(({ command }) => command);

test("every command of the table is contributed, and no other", () => {
  const inTitles = titleCommands.map((name) => `${prefix}title.${name}`);
  assert.deepEqual(
    [...contributed].sort(),
    [...commandNames.map((name) => prefix + name), ...inTitles].sort(),
  );
});

test("each flow is titled as its command, so that every step of it names that", () => {
  const flows = globSync("src/flows/**/*.ts", { cwd: at("") }).flatMap((file) => [
    ...readFileSync(at(file), "utf8").matchAll(/\bid: "(\w+)",\s+title: message\("([^"]+)"\)/g),
  ]);
  assert.ok(flows.length > 12);
  for (const [, id = "", title = ""] of flows) {
    const command = texts[`command.${id}.title`] ?? assert.fail(`no command is called ${id}`);
    assert.ok(command.startsWith(title), `${command}: ${title}`);
  }
});

test("an action above a view takes no node: VS Code gives it the one that has the focus", () => {
  for (const { command } of contributes.menus["view/title"] ?? []) {
    const name = command.slice(prefix.length);
    assert.ok(name.startsWith("title.") || [...withoutNodes].some((one) => one === name), command);
  }
});

test("menus, welcome views and walkthrough name only commands that exist", () => {
  const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
  const linked = Object.values(texts).flatMap((text) =>
    [...text.matchAll(/command:(scaleSetMaintenance\.\w+)/g)].map(([, id = ""]) => id),
  );
  assert.ok(linked.length > 0);
  for (const id of [...inMenus, ...linked]) assert.ok(contributed.includes(id), id);
});

test("a key works in our views alone, and runs commands of ours or of VS Code's lists", () => {
  for (const { command, when, args } of contributes.keybindings) {
    const steps = typeof args === "object" ? (args.commands ?? []) : [command];
    for (const step of steps) {
      const id = typeof step === "string" ? step : step.command;
      assert.ok(
        contributed.includes(id) ||
          [`${prefix}open`, `${prefix}delete`].includes(id) ||
          id.startsWith("list."),
        id,
      );
    }
    assert.match(when, /focusedView == scaleSetMaintenance\.(fleet|upcoming)\b.*!inputFocus/);
  }
});

test("every picture that is named is there", () => {
  const pictures = [
    manifest.icon,
    ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
  ];
  for (const picture of pictures) assert.ok(existsSync(at(picture)), picture);
});

test("a node shows at most three inline actions, whatever its context value", () => {
  const values = [
    "subscription",
    "configurations",
    "scaleSets",
    "configuration;osImage;active",
    "configuration;osImage;paused",
    "configuration;otherScope",
    ...["associated", "unassociated"].flatMap((a) =>
      ["upgradesOn", "upgradesOff", "upgradesOff;deferring;upgrading"].map((u) => `scaleSet;${a};${u}`),
    ),
    "goneSet",
    "danglingAssociations",
    "danglingAssociation",
    "unread",
    "more",
    "appliedPlan",
    "association",
    "malformed",
    "problem",
    "problem;signIn",
  ];
  const inline = (contributes.menus["view/item/context"] ?? []).filter(({ group }) =>
    group?.startsWith("inline"),
  );
  for (const value of values)
    assert.ok(inline.filter(({ when }) => mayShow(when ?? "", value)).length <= 3, value);
  assert.ok(inline.length > 0);
});

/** Whether the `viewItem` clauses of a `when` hold for `value`; its other clauses are taken to hold. */
function mayShow(when: string, value: string): boolean {
  return when.split(" && ").every((clause) => {
    const [, operator, operand = ""] = /^viewItem (==|=~) (.+)$/.exec(clause) ?? [];
    if (operator === undefined) return true;
    return operator === "==" ? operand === value : new RegExp(operand.slice(1, -1)).test(value);
  });
}

const textOf = (named: string | undefined) =>
  texts[named?.slice(1, -1) ?? ""] ?? assert.fail(`no text ${named}`);

test("a setting has its place, at most two sentences, and a link to what it changes where there is one", () => {
  for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
    const text = textOf(setting.markdownDescription);
    assert.equal(typeof setting.order, "number", name);
    assert.ok(text.split(/[.!?](?=\s|$)/).filter((part) => part !== "").length <= 2, text);
    for (const [, address = ""] of text.matchAll(/\]\(([^)]*)\)/g)) assert.match(address, /^command:/);
  }
  const { properties } = contributes.configuration;
  for (const name of ["subscriptions", "hourCycle", "refreshInterval", "sandbox.address", "takeOverAfter"])
    assert.match(textOf(properties[prefix + name]?.markdownDescription), /\]\(command:scaleSetMaintenance\./);
  assert.equal(properties[`${prefix}hourCycle`]?.enumItemLabels?.length, 3);
});

test("a welcome view says what to do in one or two sentences, its buttons below", () => {
  for (const { view, contents } of contributes.viewsWelcome) {
    const [first = ""] = textOf(contents).split("\n");
    assert.ok(first.split(/[.!?](?=\s|$)/).filter((part) => part !== "").length <= 2, `${view}: ${first}`);
    assert.doesNotMatch(first, /^\[[^\]]*\]\([^)]*\)$/, "a button comes after what it is for");
  }
});

test("the walkthrough has a step for the states, for what is in the way, and for undoing", () => {
  const steps = contributes.walkthroughs.flatMap(({ steps: all }) => all.map(({ id }) => id));
  assert.deepEqual(
    ["states", "explain", "undo"].filter((id) => !steps.includes(id)),
    [],
  );
  for (const id of steps) {
    for (const part of ["title", "description", "altText"]) textOf(`%walkthrough.${id}.${part}%`);
    assert.match(textOf(`%walkthrough.${id}.description%`), /\n\[[^\]]+\]\(command:[^)]+\)$/);
  }
});

test("no setting is taken from a workspace that is not trusted", () => {
  const { supported, restrictedConfigurations = [] } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, "limited", "VS Code looks at the list only then");
  const ofWorkspaces = Object.entries(contributes.configuration.properties)
    .filter(([, { scope }]) => scope !== "application" && scope !== "machine")
    .map(([name]) => name);
  assert.deepEqual(restrictedConfigurations.toSorted(), ofWorkspaces.toSorted());
});
