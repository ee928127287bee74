import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { eligibilityRules } from "../../../../src/core/eligibility/eligibility.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { Problem } from "../../../../src/core/text/problem.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import { explain } from "../../../../src/report/upgrades/explanation.ts";
import type { Explanation } from "../../../../src/report/upgrades/explanation.ts";
import { pageCommands, primaryStep } from "../../../../src/report/steps.ts";
import { commandNames } from "../../../../src/telemetry/events.ts";
import {
  assignment,
  configuration,
  fakeAzure,
  readStore,
  scaleSet,
  subscriptionA,
} from "../../fleet/fakes.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { explainAll, linksOf, pageOf, textOf, answers } from "../support.ts";

const noSignal = () => new AbortController().signal;

let store: FleetStore;
before(async () => {
  ({ store } = await sandboxFleet());
});

const explained = (name: string): Explanation => {
  const record = [...store.snapshot.scaleSets.values()].find((one) => one.name === name);
  assert.ok(record, name);
  return explain(record, store.snapshot, answers);
};

describe("a page about one scale set", () => {
  it("shows every rule with its id, its state and the address of its sources", () => {
    const markup = pageOf([explained("vmss-web-prod")]);
    for (const { id, title, sources } of eligibilityRules) {
      assert.ok(markup.includes(`<code class="muted">${id}</code>`), id);
      assert.ok(textOf(markup).includes(inEnglish(title)), id);
      for (const source of sources) assert.ok(markup.includes(`href="${source}"`), source);
    }
  });

  it("puts what blocks first, and says why what is unknown is so", () => {
    for (const explanation of explainAll(store.snapshot)) {
      const weights = explanation.findings.map(({ status, severity }) =>
        status === "fail" ? (severity === "block" ? 0 : 1) : status === "unknown" ? 2 : 3,
      );
      assert.deepEqual(
        weights,
        [...weights].sort((a, b) => a - b),
        explanation.record.name,
      );
      const text = textOf(pageOf([explanation]));
      for (const { status, message } of explanation.findings)
        if (status === "unknown") assert.ok(text.includes(inEnglish(message)), inEnglish(message));
    }
  });

  it("links each way out to a command with the set, and to none that is not allowed", () => {
    const blocked = explained("vmss-payments-prod");
    const links = linksOf(pageOf([blocked]));
    assert.ok(links.some(({ command }) => command === "scaleSetMaintenance.enableAutomaticUpgrades"));
    for (const { command, args } of links) {
      assert.ok(
        pageCommands.some((name) => command === `scaleSetMaintenance.${name}`),
        command,
      );
      const step = { step: "enableAutomaticUpgrades" };
      const fixes = command.endsWith("enableAutomaticUpgrades")
        ? { fix: true }
        : /\.copyAs(PowerShell|AzureCli)$/.test(command)
          ? { fix: true, ...step }
          : {};
      if (!command.endsWith("editConfiguration"))
        assert.deepEqual(args, [{ kind: "scaleSet", resourceId: blocked.record.id, ...fixes }]);
    }
  });

  it("has one primary button where something is to fix or to turn on, and none elsewhere", () => {
    const buttons = (name: string) => [
      ...pageOf([explained(name)]).matchAll(/class="action first"[^>]*>([^<]*)</g),
    ];
    assert.deepEqual(
      buttons("vmss-payments-prod").map(([, label]) => label),
      ["Fix and Turn On…"],
    );
    assert.deepEqual(buttons("vmss-web-prod"), []);
    assert.deepEqual(buttons("vmss-transcode-prod"), []);
    assert.doesNotMatch(pageOf([explained("vmss-payments-prod")]), /class="action"/);
  });

  it("advises first, in links and in words, what Azure takes", () => {
    const blocked = pageOf([explained("vmss-transcode-prod")]);
    assert.match(linksOf(blocked)[0]?.command ?? "", /viewProperties$/);
    const [, advice] = /What to do: (.*?)\. /.exec(textOf(blocked)) ?? [];
    assert.equal(advice, "Remove the probe or the extension");
    assert.match(
      textOf(pageOf([explained("vmss-cache-prod")])),
      /What to do: Turn on automatic OS upgrades,/,
    );
  });

  it("folds away what is met, counted, and shows what is not met or not known", () => {
    const { findings } = explained("vmss-payments-prod");
    const met = findings.filter(({ status }) => status === "pass");
    const markup = pageOf([explained("vmss-payments-prod")]);
    const [shown = "", folded = ""] = markup.split("<details>");
    assert.match(folded, new RegExp(`^\\s*<summary>${met.length} met</summary>`));
    for (const { rule, status } of findings) {
      const cell = `<code class="muted">${rule}</code>`;
      assert.equal(folded.includes(cell), status === "pass", rule);
      assert.equal(shown.includes(cell), status !== "pass", rule);
    }
  });

  it("says what the last window of each configuration did, as far as that was read", async () => {
    const { store: read } = await sandboxFleet();
    await read.readEligibilityFacts(read.snapshot.scaleSets.keys(), noSignal());
    const lines = (name: string, { snapshot } = read) => {
      const known = [...snapshot.scaleSets.values()].find((one) => one.name === name);
      assert.ok(known);
      const text = textOf(pageOf([explain(known, snapshot, answers)]));
      return /Last window (.*?) Why it didn't upgrade/.exec(text)?.[1] ?? "";
    };
    assert.match(
      lines("vmss-search-prod"),
      /^mc-prod-nightly , 2026-11-22 22:00 – 2026-11-23 03:00: Open, no upgrade started\. Automatic OS upgrades are off\. Based on Azure's upgrade history as of Mon, Nov 23, 2026/,
    );
    assert.match(lines("vmss-gateway-prod"), /^mc-\S+ .* mc-\S+ /); // two configurations
    assert.equal(lines("vmss-cache-prod"), "No maintenance configuration for OS images");
    assert.match(
      lines("vmss-search-prod", store),
      /Unknown: the upgrades of this scale set aren't loaded\.$/,
    );
    assert.match(
      textOf(pageOf([explained("vmss-search-prod")], { reading: 1 })),
      /Last window Loading the upgrade history… Why/,
    );
    const [search] = [...read.snapshot.scaleSets.values()].filter(({ name }) => name === "vmss-search-prod");
    assert.ok(search);
    const unread = { ...search, assignments: { unknown: "loading" as const } };
    assert.match(
      textOf(pageOf([explain(unread, read.snapshot, answers)])),
      /Last window Unknown: its maintenance configurations aren't loaded\./,
    );
  });

  it("opens the portal only where there is one", () => {
    const commandsOf = (origin: "azure" | "sandbox") =>
      linksOf(pageOf([explained("vmss-web-prod")], { origin })).map(({ command }) => command.split(".")[1]);
    assert.ok(commandsOf("azure").includes("openInPortal"));
    assert.ok(!commandsOf("sandbox").includes("openInPortal"));
    assert.ok(commandsOf("sandbox").includes("viewProperties"));
  });

  it("says what was read and what could not be, once Azure has been asked", async () => {
    const denied: Problem = { kind: "forbidden", summary: verbatim("Couldn't load the instances of web.") };
    const eligibilityFacts = async () => ({
      facts: { newestImage: { name: "1.2.0" } },
      unread: { instances: denied },
    });
    const fleet = await readStore(fakeAzure({ eligibilityFacts }));
    const page = (reading: number) => {
      const [web] = explainAll(fleet.snapshot).filter(({ record }) => record.name === "web");
      assert.ok(web);
      return textOf(pageOf([web], { reading }));
    };
    assert.match(page(0), /Image versions Not checked yet/);
    assert.match(page(1), /Checking 1 scale set in Azure… .* Checking image versions…/);
    await fleet.readEligibilityFacts(fleet.snapshot.scaleSets.keys(), noSignal());
    assert.match(page(0), /Couldn't load everything: Couldn't load the instances of web\./);
    assert.match(page(0), /The image versions of the instances are unknown/);
    assert.match(page(0), /Last checked: \w/);
  });
});

describe("a page about many", () => {
  it("counts, then lists those that are blocked first, each with a page of its own", () => {
    const all = explainAll(store.snapshot);
    const markup = pageOf(all);
    const table = markup.slice(markup.indexOf("Select a name to open its own page"));
    const order = all
      .map(({ record, verdict }) => ({ verdict, at: table.indexOf(`<bdi>${record.name}</bdi>`) }))
      .sort((a, b) => a.at - b.at)
      .map(({ verdict }) => verdict);
    assert.deepEqual(
      order,
      [...order].sort((a, b) => rank(a) - rank(b)),
    );
    const pages = linksOf(markup).filter(({ command }) => command.endsWith("explainEligibility"));
    assert.ok(pages.length >= all.length);
    const blocked = all.filter(({ verdict }) => verdict === "blocked").length;
    assert.match(textOf(markup), new RegExp(`✕ Blocked : ${blocked} · `));
  });

  it("has one primary button for those that have one alone: in windows that they have, or get before they are turned on", () => {
    const all = explainAll(store.snapshot);
    const mine = all.flatMap((explanation) => primaryStep(explanation) ?? []);
    const [first] = linksOf(pageOf(all));
    assert.equal(first?.command, "scaleSetMaintenance.setUp");
    assert.equal((first.args[1] as readonly unknown[]).length, mine.length);
    const withWindows = all.filter((one) => primaryStep(one)?.command === "enableAutomaticUpgrades");
    assert.ok(withWindows.length > 1);
    const [second] = linksOf(pageOf(withWindows));
    assert.equal(second?.command, "scaleSetMaintenance.enableAutomaticUpgrades");
    assert.match(
      textOf(pageOf(withWindows)),
      new RegExp(`Fix ${withWindows.length} Scale Sets and Turn On Upgrades…`),
    );
    const alone = all.filter((one) => primaryStep(one) === undefined || one === withWindows[0]);
    assert.match(
      textOf(pageOf(alone)),
      /(Fix 1 Scale Set and Turn On Upgrades|Turn On Upgrades for 1 Scale Set)…/,
    );
  });

  it("stays small for a thousand sets, and says what it leaves out", () => {
    const [one] = explainAll(store.snapshot);
    assert.ok(one);
    const name = (index: number) => `${"a-very-long-name-".repeat(3)}${index}`;
    const many = Array.from({ length: 1001 }, (_, index) => ({
      ...one,
      record: { ...one.record, name: name(index), id: `${one.record.id}${index}` },
    }));
    const markup = pageOf(many);
    const text = textOf(markup);
    assert.match(text, /Showing the first 1000 of 1001\./);
    assert.match(text, /Details of the first 25 of 1001 follow\./);
    assert.equal([...markup.matchAll(/<summary><h2>/g)].length, 25);
    assert.ok(markup.length < 3_000_000, String(markup.length));
  });

  it("says that there is nothing, that it is being read, and what is missing", () => {
    assert.match(textOf(pageOf([])), /No scale sets here/);
    assert.match(textOf(pageOf([], { loading: true })), /Loading your fleet/);
    const text = textOf(pageOf([explained("vmss-web-prod")], { missing: ["/subscriptions/x/vmss-<gone>"] }));
    assert.match(text, /No longer in the fleet .* \/subscriptions\/x\/vmss-<gone>/);
    assert.match(textOf(pageOf([], { origin: "none" })), /Not connected to Azure/);
    assert.match(textOf(pageOf([], { reading: 7 })), /Checking 7 scale sets in Azure/);
    assert.match(textOf(pageOf([])), /Sandbox: sample data/);
  });
});

const hostile = `"><img src=x onerror=alert(1)><script>alert('x')</script>&amp;\u202e`;

describe("every page", () => {
  it("shows hostile names and words as they are, and as nothing else", async () => {
    const set = {
      ...scaleSet("AAAA", "web", false),
      name: hostile,
      tags: { [hostile]: hostile },
      location: hostile,
      managedBy: hostile,
    };
    set.properties.virtualMachineProfile.storageProfile.imageReference = {
      publisher: hostile,
      offer: hostile,
      sku: hostile,
      version: hostile,
    };
    const configured = configuration("AAAA", "nightly");
    const events = [
      { kind: "subscriptions" as const, subscriptions: [{ ...subscriptionA, displayName: hostile }] },
      {
        kind: "configurations" as const,
        subscriptionId: "AAAA",
        resources: [{ ...configured, name: hostile }],
      },
      { kind: "scaleSets" as const, subscriptionId: "AAAA", resources: [set] },
      {
        kind: "assignments" as const,
        subscriptionId: "AAAA",
        byScaleSet: new Map([[set.id.toLowerCase(), [assignment(set, configured)]]]),
        failed: new Map(),
      },
    ];
    const upgrade = {
      properties: {
        runningStatus: { code: hostile, startTime: hostile },
        error: { code: hostile, message: hostile },
        targetImageReference: { version: hostile },
        startedBy: hostile,
      },
    };
    const instance = { properties: { storageProfile: { imageReference: { exactVersion: hostile } } } };
    const facts = {
      newestImage: { name: hostile },
      instances: [instance],
      upgradeHistory: [upgrade],
      rollingUpgrade: upgrade,
    };
    const fleet = await readStore(
      fakeAzure({ events, eligibilityFacts: async () => ({ facts, unread: {} }), locations: async () => [] }),
    );
    await fleet.readEligibilityFacts(fleet.snapshot.scaleSets.keys(), noSignal());
    const explanations = explainAll(fleet.snapshot);
    for (const markup of [pageOf(explanations), pageOf([...explanations, ...explanations])]) {
      assert.doesNotMatch(markup, /<(img|script)|onerror=alert\(1\)>(?!&)/);
      assert.ok(textOf(markup).includes(hostile.replaceAll(/\s+/g, " ").replace("\u202e", "‹U+202E›")));
      assert.doesNotMatch(markup, /\u202e/);
      assert.deepEqual(foreign(markup), []);
    }
  });

  it("runs no script, fetches nothing, and links only to commands and to documentation", () => {
    for (const markup of pages()) {
      assert.match(
        markup,
        /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;nonce-bm9uY2U=&#39;"/,
      );
      assert.deepEqual(foreign(markup), []);
      assert.doesNotMatch(markup, /javascript:/);
      for (const [, address = ""] of markup.matchAll(/href="([^"]*)"/g))
        assert.match(
          address,
          /^(command:scaleSetMaintenance\.\w+\?|https:\/\/(learn\.microsoft|github)\.com\/)/,
        );
    }
    for (const name of pageCommands) assert.ok(commandNames.includes(name), name);
  });

  it("can be read by its headings, tables and landmark", () => {
    for (const markup of pages()) {
      const levels = [...markup.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
      assert.equal(levels.filter((level) => level === 1).length, 1);
      levels.forEach((level, index) => assert.ok(level <= (levels[index - 1] ?? 0) + 1, levels.join(" ")));
      assert.equal([...markup.matchAll(/<main>/g)].length, 1);
      assert.doesNotMatch(markup, /<th(?! scope=| )[^e]/);
      assert.equal([...markup.matchAll(/<table>/g)].length, [...markup.matchAll(/<caption>/g)].length);
      assert.match(markup, /<html lang="en">/);
    }
  });

  it("colours with the theme's variables alone", () => {
    const [markup = ""] = pages();
    const style = /<style[^>]*>([\s\S]*?)<\/style>/.exec(markup)?.[1] ?? "";
    assert.doesNotMatch(style, /#[0-9a-f]{3,8}\b|rgb|hsl/i);
    assert.match(style, /:focus-visible/);
  });

  const pages = () => [
    pageOf([explained("vmss-web-prod")]),
    pageOf(explainAll(store.snapshot), { reading: 3, missing: ["/subscriptions/x"] }),
    pageOf([]),
  ];
});

const words = (text: string) => new Set(text.split(" "));
const known = {
  tags: words(
    "html head meta title style body main h1 h2 h3 p ul ol li a span strong br code div table caption thead tbody tr th td dl dt dd details summary bdi",
  ),
  attributes: words(
    "lang charset http-equiv content name nonce class href aria-label aria-hidden scope id open role",
  ),
};

/** Tags and attributes that no page of ours has, as a browser would read them. */
function foreign(markup: string): readonly string[] {
  const tags = [
    ...markup
      .replace(/<style[\s\S]*?<\/style>/, "")
      .matchAll(/<\/?([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi),
  ];
  assert.ok(tags.length > 10);
  return tags.flatMap(([, tag = "", rest = ""]) => {
    const names = rest.replaceAll(/=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/g, " ").split(/[\s/]+/);
    const attributes = names.filter((name) => name !== "" && !known.attributes.has(name));
    return known.tags.has(tag) ? attributes : [tag, ...attributes];
  });
}

function rank(verdict: Explanation["verdict"]): number {
  return { blocked: 0, warnings: 1, eligible: 2 }[verdict];
}
