import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { titleCommands, withoutNodes } from "../../../src/commands/titleCommands.ts";
import { commandNames } from "../../../src/telemetry/events.ts";

interface Contributed {
  readonly command: string;
  readonly icon?: string;
  readonly title?: string;
}
interface MenuItem {
  /** One of the two. */
  readonly command?: string;
  readonly submenu?: string;
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
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus: readonly { readonly id: string }[];
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
  for (const { command = "" } of contributes.menus["view/title"] ?? []) {
    const name = command.slice(prefix.length);
    assert.ok(name.startsWith("title.") || [...withoutNodes].some((one) => one === name), command);
  }
});

test("menus, welcome views and walkthrough name only commands that exist", () => {
  const inMenus = Object.values(contributes.menus)
    .flat()
    .flatMap(({ command }) => command ?? []);
  const submenus = Object.values(contributes.menus)
    .flat()
    .flatMap(({ submenu }) => submenu ?? []);
  assert.deepEqual([...new Set(submenus)].toSorted(), contributes.submenus.map(({ id }) => id).toSorted());
  for (const id of submenus) assert.ok((contributes.menus[id] ?? []).length > 1, id);
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
          [`${prefix}open`, `${prefix}edit`, `${prefix}delete`].includes(id) ||
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

/** Every kind of row, in a state in which it offers much. */
const rows = [
  "subscription",
  "configurations",
  "scaleSets",
  "scaleSets;group",
  "configuration;osImage;active",
  "configuration;osImage;paused",
  "configuration;otherScope",
  ...["associated", "unassociated"].flatMap((a) =>
    ["upgradesOn", "upgradesOff", "upgradesOff;deferring;upgrading", "upgradesOn;broken"].map(
      (u) => `scaleSet;${a};${u}`,
    ),
  ),
  "missingScaleSet",
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
const ofRows = contributes.menus["view/item/context"] ?? [];

test("a node shows at most three inline actions, whatever its context value", () => {
  const inline = ofRows.filter(({ group }) => group?.startsWith("inline"));
  for (const value of rows)
    assert.ok(inline.filter(({ when = "" }) => holds(when, { viewItem: value })).length <= 3, value);
  assert.ok(inline.length > 0);
});

test("a row's menu and its submenus have groups of at most five entries, also of several rows", () => {
  const groupsIn = (items: readonly MenuItem[]) =>
    Object.values(Object.groupBy(items, ({ group = "" }) => group.replace(/@.*/, ""))).map((entries = []) =>
      entries.map(({ command, submenu }) => command ?? submenu),
    );
  const menus = [
    ...["fleet", "upcoming", "activity"].flatMap((view) =>
      [false, true].flatMap((several) =>
        rows.map((viewItem) => ofRows.filter(({ when = "" }) => holds(when, { viewItem, view, several }))),
      ),
    ),
    ...contributes.submenus.map(({ id }) => contributes.menus[id] ?? []),
  ];
  for (const menu of menus) for (const group of groupsIn(menu)) assert.ok(group.length <= 5, group.join());
  const ofSubscription = ofRows.filter(
    ({ when = "", group }) => holds(when, { viewItem: "subscription" }) && !group?.startsWith("inline"),
  );
  assert.ok(ofSubscription.length <= 13, `${ofSubscription.length} entries`);
});

test("a view has at most four icons in its header, VS Code's own to collapse all among them", () => {
  const items = (contributes.menus["view/title"] ?? []).filter(({ group }) =>
    group?.startsWith("navigation"),
  );
  const shownIn = (view: string, state: Readonly<Record<string, boolean>>) =>
    items.filter(({ when = "" }) =>
      when.split(" && ").every((clause) => {
        const [, not, key = ""] = /^(!?)scaleSetMaintenance\.(\w+)$/.exec(clause) ?? [];
        if (key !== "") return (state[key] ?? false) === (not === "");
        return !clause.startsWith("view ") || clause === `view == ${prefix}${view}`;
      }),
    );
  for (const view of ["fleet", "upcoming", "activity"])
    for (const filtered of [true, false])
      for (const waiting of [true, false]) {
        const shown = shownIn(view, { filtered, waiting });
        assert.ok(
          shown.length > 0 && shown.length <= 3,
          `${view}: ${shown.map(({ command }) => command).join()}`,
        );
      }
});

test("no two commands share an icon, and each that is shown as an icon has one", () => {
  // These names draw the same.
  const glyphOf = (icon: string) => icon.replace("$(run)", "$(play)").replace("$(trashcan)", "$(trash)");
  const titles = new Map<string, string>();
  for (const { icon, title = "" } of contributes.commands) {
    if (icon === undefined) continue;
    const other = titles.get(glyphOf(icon)) ?? title;
    assert.equal(other, title, icon);
    titles.set(glyphOf(icon), title);
  }
  const asIcons = [...ofRows, ...(contributes.menus["view/title"] ?? [])].filter(({ group = "" }) =>
    /^(inline|navigation)/.test(group),
  );
  for (const { command } of asIcons)
    assert.ok(contributes.commands.find((one) => one.command === command)?.icon, command);
});

test("what people look for in the palette finds a command, and each says what it does where its export stands beside it", () => {
  const titles = contributes.commands.map(({ title = "" }) => texts[title.slice(1, -1)] ?? "");
  for (const words of ["vmss", "why", "patch", "os upgrade", "report", "history", "go to"]) {
    const [found] = titles.filter((title) => title.toLowerCase().includes(words));
    assert.ok(found !== undefined && !found.startsWith("Export"), words);
  }
  // A title that is only the end of another is taken for it.
  for (const title of titles.filter((one) => one.startsWith("Export ")))
    assert.ok(!titles.includes(title.slice("Export ".length).replace("…", "")), title);
});

interface Place {
  readonly viewItem: string;
  readonly view?: string;
  /** Whether several rows are selected. */
  readonly several?: boolean;
}

/** Whether a `when` of a row's menu holds. */
function holds(when: string, { viewItem, view = "fleet", several = false }: Place): boolean {
  const context: Readonly<Record<string, string>> = { viewItem, view: prefix + view };
  const isSo = (key: string, operator: string, operand: string) =>
    operator === "=="
      ? context[key] === operand
      : new RegExp(operand.slice(1, -1)).test(context[key] ?? assert.fail(key));
  const letter = (value: boolean) => (value ? "T" : "F");
  const flat = (text: string) =>
    letter(text.split(" || ").some((part) => part.split(" && ").every((one) => one === "T" || one === "!F")));
  let text = when
    .replaceAll(
      /(\w+) (==|=~) (\/(?:\\.|[^/\\])+\/|[^\s)]+)/g,
      (_, key: string, operator: string, operand: string) => letter(isSo(key, operator, operand)),
    )
    .replaceAll("listMultiSelection", letter(several));
  while (text.includes("(")) text = text.replaceAll(/\(([TF!&| ]+)\)/g, (_, inner: string) => flat(inner));
  assert.match(text, /^[TF!&| ]+$/, when);
  return flat(text) === "T";
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
