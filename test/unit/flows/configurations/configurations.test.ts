/** The flows over a configuration that is there, against the sandbox. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { idKey, nameOf } from "../../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import { pauseTag } from "../../../../src/core/windows/pause.ts";
import type { FlowContext, FlowStart } from "../../../../src/flows/engine/context.ts";
import { deleteConfigurationFlow } from "../../../../src/flows/configurations/deleteConfiguration.ts";
import { editConfigurationFlow } from "../../../../src/flows/configurations/editConfiguration.ts";
import { pauseConfigurationFlow } from "../../../../src/flows/configurations/pauseConfiguration.ts";
import { comparedWindows, windowRows } from "../../../../src/flows/schedule/windowRows.ts";
import { resumeConfigurationFlow } from "../../../../src/flows/configurations/resumeConfiguration.ts";
import type { ScaleSetRecord } from "../../../../src/fleet/snapshot/snapshot.ts";
import { configuration, fleet, never, scaleSet } from "../../azure/support.ts";
import {
  back,
  cancel,
  go,
  look,
  memoryDrafts,
  pick,
  textOf,
  textsOf,
  type,
  verdictsOf,
  type Move,
} from "../support.ts";
import { openWorld, type Run, type World } from "../world.ts";

const nightly = configuration("mc-prod-nightly");
const monday = configuration("mc-shared-fourth-monday");
const daily = configuration("mc-staging-daily", "rg-maintenance-staging", fleet.staging);

type Flow = (context: FlowContext, start: FlowStart) => Promise<Plan | undefined>;

function run(
  world: World,
  flow: Flow,
  subject: string | readonly string[] | undefined,
  moves: readonly Move[],
  changes: Partial<FlowContext> = {},
): Promise<Run> {
  const start = subject === undefined ? {} : { configurationIds: [subject].flat() };
  return world.run((context) => flow(context, start), moves, changes);
}

interface Configuration {
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly maintenanceWindow: Readonly<Record<string, string>>;
  };
}

/** What the sandbox holds, asked past our own client. */
async function held(world: World, id: string): Promise<Configuration> {
  const { json } = await world.lab.ask("GET", `${id}?api-version=2023-04-01`);
  return json as Configuration;
}

/** Puts a configuration as someone else would. */
async function put(world: World, id: string, change: (now: Configuration) => unknown): Promise<void> {
  const now = await held(world, id);
  const { status } = await world.lab.sandbox.handle({
    method: "PUT",
    url: `https://management.sandbox.example${id}?api-version=2023-04-01`,
    headers: { authorization: `Bearer s3cr3t.token.value`, "content-type": "application/json" },
    body: JSON.stringify(change(now)),
  });
  assert.equal(status, 200);
}

async function apply(world: World, plan: Plan | undefined): Promise<readonly string[]> {
  const results = await world.lab.azure.apply(plan ?? assert.fail("no plan"), { signal: never });
  return results.map(({ outcome }) => outcome.status);
}

const blocked = (question: Parameters<typeof verdictsOf>[0], text: string) =>
  verdictsOf(question, text)
    .filter(({ severity }) => severity === "block")
    .map((verdict) => inEnglish(verdict.message));
const warned = (question: Parameters<typeof verdictsOf>[0], text: string) =>
  verdictsOf(question, text)
    .filter(({ severity }) => severity === "warn")
    .map((verdict) => inEnglish(verdict.message));

describe("editing a configuration", () => {
  test("from the palette asks which, then what; one part alone is one question", async () => {
    await using world = await openTestWorld();
    const { plan, titles, asked } = await run(world, editConfigurationFlow, undefined, [
      pick("mc-prod-nightly"),
      pick("Duration"),
      look(({ question }) => assert.equal(question.proposed, "05:00"), pick("6 hours")),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Choose a configuration", "Choose what to change", "Duration", "Review"]);
    assert.doesNotMatch(textOf(asked[0]), /guest-patching/);
    const before = await held(world, nightly);
    assert.deepEqual(await apply(world, plan), ["done"]);
    const after = await held(world, nightly);
    const { maintenanceWindow: window, ...rest } = after.properties;
    assert.deepEqual(window, { ...before.properties.maintenanceWindow, duration: "06:00" });
    const added = { extensionProperties: {}, configurationType: "Regular" };
    assert.deepEqual({ ...rest, tags: after.tags }, { ...withoutWindow(before), ...added });
  });

  test("what is edited is what Azure has now, not what the tree was told", async () => {
    await using world = await openTestWorld();
    await put(world, nightly, (now) => ({
      ...now,
      properties: {
        ...now.properties,
        maintenanceWindow: { ...now.properties.maintenanceWindow, duration: "07:00" },
      },
    }));
    const { last } = await run(world, editConfigurationFlow, nightly, [cancel]);
    assert.match(last, /^Duration \| 07:00$/m);
    assert.match(
      last,
      /^Name, resource group, region and scope \| mc-prod-nightly in rg-maintenance, westeurope, OSImage/m,
    );
  });

  test("what it asks does not wait for the fleet, but its review does, which tells the scale sets", async () => {
    await using world = await openTestWorld();
    for (const [flow, moves] of [
      [editConfigurationFlow, [pick("Duration"), pick("6 hours")]],
      [pauseConfigurationFlow, [pick("custom"), type("2099-01-01")]],
    ] as const) {
      let answered = 0;
      const waits: number[] = [];
      const counted = moves.map((move) => look(() => (answered += 1), move));
      await run(world, flow, nightly, [...counted, cancel], {
        whenRead: async () => void waits.push(answered),
      });
      assert.deepEqual(waits, [moves.length]);
    }
  });

  test("all of it can be kept with Enter alone, and there is nothing to change then", async () => {
    await using world = await openTestWorld();
    const { plan, titles, last } = await run(world, editConfigurationFlow, nightly, [
      pick("Answer step by step…"),
      ...Array<Move>(6).fill(go),
      pick("close"),
    ]);
    assert.deepEqual(titles.slice(1), [
      "Time zone",
      "Start",
      "Duration",
      "Recurrence",
      "Expiry",
      "Tags",
      "Review",
    ]);
    assert.equal(plan, undefined);
    assert.match(last, /Nothing to change/);
    assert.match(last, /mc-prod-nightly \| No value changes/);
  });

  test("values that are not understood are shown as they are, can be kept, and survive", async () => {
    await using world = await openTestWorld();
    const odd = {
      duration: "5h",
      timeZone: "Mars Standard Time",
      recurEvery: "every day",
      startDateTime: "soon",
    };
    const azure = withConfiguration(world, nightly, odd);
    const { plan, asked, last } = await run(
      world,
      editConfigurationFlow,
      nightly,
      [
        look(
          ({ rows }) =>
            assert.match(textsOf(rows).join("\n"), /^Recurrence \| every day \| .*couldn't be read/m),
          pick("Answer step by step…"),
        ),
        look(({ rows }) => assert.match(textsOf(rows)[0] ?? "", /^Keep Mars Standard Time/), go),
        look(({ question }) => {
          assert.equal(question.proposed, "soon");
          assert.match(warned(question, "soon").join(), /isn't written as/);
          assert.equal(blocked(question, "sooner").length, 1);
        }, go),
        look(({ rows }) => assert.match(textsOf(rows)[0] ?? "", /^Keep 5h \| .*isn't written/), go),
        look(({ rows }) => assert.match(textsOf(rows)[0] ?? "", /^Keep every day/), go),
        type("2030-01-01 00:00"),
        go,
        pick("apply"),
      ],
      { azure },
    );
    const { after } = plan?.changes[0] ?? assert.fail();
    assert.deepEqual((after as unknown as Configuration).properties.maintenanceWindow, {
      ...odd,
      expirationDateTime: "2030-01-01 00:00",
    });
    assert.equal(asked.length, 8);
    assert.match(last, /^The start “soon” isn't written as/m);
    assert.doesNotMatch(last, /No window will open/);
  });

  test("what the rules say is said as it is typed, against all that is kept", async () => {
    await using world = await openTestWorld();
    const { asked } = await run(world, editConfigurationFlow, daily, [pick("Start"), cancel]);
    const { question } = asked.at(-1) ?? assert.fail();
    assert.match(blocked(question, "2026-02-30 22:00").join(), /isn't a real date and time/);
    assert.match(blocked(question, "2999-01-01 22:00").join(), /expiry .* isn't after the start/);
    assert.deepEqual(blocked(question, String(question.proposed)), []);
    const whole = await run(world, editConfigurationFlow, daily, [pick("Answer step by step…"), go, cancel]);
    const start = whole.asked.at(-1)?.question ?? assert.fail();
    assert.deepEqual(blocked(start, "2999-01-01 22:00"), [], "the expiry is asked for later");
    assert.match(warned(start, "2999-01-01 22:00").join(), /expiry/);
  });

  test("the review shows old and new windows side by side, what differs, and the sets by subscription", async () => {
    await using world = await openTestWorld();
    const { last } = await run(
      world,
      editConfigurationFlow,
      nightly,
      [pick("Start"), type("2026-12-24 23:30"), cancel],
      { localZone: "America/New_York" },
    );
    assert.match(last, /^Start: .* → 2026-12-24 23:30$/m);
    assert.match(
      last,
      /^2026-11-23 22:00–03:00 → 2026-12-24 23:30–04:30 \| yours: 2026-11-23 16:00–21:00 → 2026-12-24 17:30–22:30$/m,
    );
    assert.equal(last.match(/ \| yours: /g)?.length, 5);
    assert.match(last, /^Contoso Production: \d+ \| .*vmss-web-prod/m);
    assert.match(last, /^The list may be incomplete\. .*vmss-identity-broker/m);
  });

  test("a window that is open now and would close is told", async () => {
    await using world = await openTestWorld();
    const now = () => "2026-11-23T22:00:00Z"; // 23:00 in its zone
    const { plan } = await run(
      world,
      editConfigurationFlow,
      nightly,
      [pick("Start"), type("2026-12-24 23:30"), pick("apply")],
      { now },
    );
    assert.match(warningsOf(plan), /is open until 2026-11-24 03:00/);
    const longer = await run(
      world,
      editConfigurationFlow,
      nightly,
      [pick("Duration"), pick("8 hours"), pick("apply")],
      { now },
    );
    assert.doesNotMatch(warningsOf(longer.plan), /is open now/);
  });

  test("an edit less than an hour before a window is warned of", async () => {
    await using world = await openTestWorld();
    const edit = (now: string) =>
      run(world, editConfigurationFlow, nightly, [pick("Duration"), pick("8 hours"), pick("apply")], {
        now: () => now,
      });
    assert.match(warningsOf((await edit("2026-11-23T20:30:00Z")).plan), /hour/);
    assert.equal(warningsOf((await edit("2026-11-23T18:30:00Z")).plan), "");
  });

  test("an expiry that leaves no window says whose windows go", async () => {
    await using world = await openTestWorld();
    const { plan, last } = await run(
      world,
      editConfigurationFlow,
      monday,
      [pick("Expiry"), type("2026-11-23 20:00"), pick("apply")],
      { now: () => "2026-11-23T18:00:00Z" },
    );
    assert.match(warningsOf(plan), /No window opens for .*vmss-.* with this schedule/);
    assert.match(last, /No window opens with this schedule/);
  });

  test("tags are edited as text, and one that holds a comma stays", async () => {
    await using world = await openTestWorld();
    await put(world, nightly, (now) => ({ ...now, tags: { ...now.tags, note: "a, b" } }));
    const { plan } = await run(world, editConfigurationFlow, nightly, [
      pick("Tags"),
      look(({ question }) => {
        assert.equal(question.proposed, "environment=production, owner=platform@contoso.com");
        assert.match(question.kind === "text" ? inEnglish(question.prompt) : "", /note/);
      }, type("environment=prod, team=x")),
      pick("apply"),
    ]);
    assert.deepEqual(await apply(world, plan), ["done"]);
    assert.deepEqual((await held(world, nightly)).tags, { environment: "prod", note: "a, b", team: "x" });
  });

  test("a draft is resumed on what was answered, and Back leads to every step", async () => {
    await using world = await openTestWorld();
    const drafts = memoryDrafts();
    await run(world, editConfigurationFlow, nightly, [pick("Duration"), pick("8 hours"), cancel], { drafts });
    const { plan, titles } = await run(
      world,
      editConfigurationFlow,
      nightly,
      [
        pick("resume"),
        back,
        look(({ place }) => assert.equal(place.remembered, "08:00"), back),
        go,
        go,
        pick("apply"),
      ],
      { drafts },
    );
    assert.deepEqual(titles, [
      "Continue where you left off?",
      "Review",
      "Duration",
      "Choose what to change",
      "Duration",
      "Review",
    ]);
    assert.deepEqual(await apply(world, plan), ["done"]);
  });

  test("a draft for what the configuration no longer is changes nothing, and the next start is anew", async () => {
    await using world = await openTestWorld();
    const drafts = memoryDrafts();
    await run(world, editConfigurationFlow, nightly, [pick("Duration"), pick("8 hours"), cancel], { drafts });
    await put(world, nightly, (now) => ({ ...now, tags: { owner: "someone else" } }));
    const { plan, last } = await run(world, editConfigurationFlow, nightly, [pick("resume"), pick("close")], {
      drafts,
    });
    assert.equal(plan, undefined);
    assert.match(last, /mc-prod-nightly \| The configuration has changed in Azure/);
    assert.equal(drafts.kept.size, 0);
  });

  test("someone else's change since it was read stops the edit", async () => {
    await using world = await openTestWorld();
    const { plan } = await run(world, editConfigurationFlow, nightly, [
      pick("Duration"),
      pick("8 hours"),
      pick("apply"),
    ]);
    await put(world, nightly, (now) => ({ ...now, tags: { owner: "someone else" } }));
    assert.deepEqual(await apply(world, plan), ["changedBySomeoneElse"]);
    assert.equal((await held(world, nightly)).properties.maintenanceWindow["duration"], "05:00");
  });

  test("a configuration that can't be read is said in its place", async () => {
    await using world = await openTestWorld();
    const missing = configuration("mc-gone");
    await assert.rejects(run(world, editConfigurationFlow, missing, [go]), { name: "AzureError" });
  });
});

describe("the windows of a review", () => {
  test("are explained where the clock changes: each of the changes", () => {
    const autumn = {
      properties: {
        maintenanceScope: "OSImage",
        maintenanceWindow: {
          startDateTime: "2026-10-24 01:30",
          duration: "05:00",
          timeZone: "GMT Standard Time",
          recurEvery: "Day",
        },
      },
    };
    const clock = { now: () => "2026-10-24T12:00:00Z", localZone: "Europe/London" };
    const [, , first] = textsOf(windowRows(clock, autumn));
    assert.match(
      first ?? "",
      /^2026-10-25 01:30–05:30 \| starts at this time or 60 minutes later: clocks go back.*; clocks change during/,
    );
    const earlier = structuredClone(autumn);
    earlier.properties.maintenanceWindow.duration = "06:00";
    const compared = textsOf(comparedWindows(clock, earlier, autumn)).join("\n");
    assert.match(
      compared,
      /^2026-10-25 01:30–06:30 → .* \| starts at this time or 60 minutes later: clocks go back.*; clocks change during/m,
    );
  });
});

describe("pausing and resuming", () => {
  test("moves the start to a proposed date, keeps the original in a tag, and comes back to it", async () => {
    await using world = await openTestWorld();
    const before = await held(world, nightly);
    const { startDateTime = "" } = before.properties.maintenanceWindow;
    const { plan, titles, asked, last } = await run(world, pauseConfigurationFlow, nightly, [
      pick("In 2 weeks"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Pause until", "Review"]);
    assert.deepEqual(textsOf(asked[0]?.rows ?? []), [
      "Next Monday | 2026-11-30 | First window: 2026-11-30 22:00",
      "First of next month | 2026-12-01 | First window: 2026-12-01 22:00",
      "In 2 weeks | 2026-12-07 | First window: 2026-12-07 22:00",
      "In 4 weeks | 2026-12-21 | First window: 2026-12-21 22:00",
      "Another date…",
    ]);
    assert.ok(last.includes(`\nStart: ${startDateTime} → 2026-12-07 22:00\n`));
    assert.ok(last.includes(`\nTag ${pauseTag}: none → ${startDateTime}\n`));
    assert.match(last, /^No window opens before 2026-12-07\.$/m);
    assert.match(
      last,
      /stay associated.*If you remove the association instead, upgrades can start at any time/,
    );
    assert.match(last, /^Not documented: .*Documented: turning off automatic OS upgrades/m);
    assert.match(last, /^Turn off automatic OS upgrades \| documented \| .*vmss-web-prod/m);
    assert.deepEqual(await apply(world, plan), ["done"]);
    assert.deepEqual((await held(world, nightly)).tags, {
      ...before.tags,
      [pauseTag.toLowerCase()]: startDateTime,
    });
    await world.store.refresh(never);

    const resumed = await run(world, resumeConfigurationFlow, undefined, [
      pick("mc-prod-nightly"),
      pick("apply"),
    ]);
    assert.deepEqual(resumed.titles, ["Choose a configuration", "Review"]);
    assert.match(resumed.last, /^2026-12-07 22:00–03:00 → 2026-11-23 22:00–03:00/m);
    assert.deepEqual(await apply(world, resumed.plan), ["done"]);
    const after = await held(world, nightly);
    assert.deepEqual(after.tags, before.tags);
    assert.equal(after.properties.maintenanceWindow["startDateTime"], "2026-11-23 22:00");
  });

  test("takes another date, checked as it is typed", async () => {
    await using world = await openTestWorld();
    const { asked } = await run(world, pauseConfigurationFlow, monday, [pick("Another date…"), cancel]);
    const { question } = asked.at(-1) ?? assert.fail();
    assert.match(blocked(question, "2026-13-01").join(), /isn't a date.*like 2026-11-23/);
    assert.match(blocked(question, "2026-11-23").join(), /Choose a date after 2026-11-23/);
    assert.deepEqual(blocked(question, "2027-01-10"), []);
    assert.match(warned(question, "2027-01-10").join(), /First window: 2027-/);
  });

  test("says when the first window then opens, also where that is later than the start", async () => {
    await using world = await openTestWorld();
    await put(world, nightly, (now) => ({
      ...now,
      properties: {
        ...now.properties,
        maintenanceWindow: {
          ...now.properties.maintenanceWindow,
          startDateTime: "2026-11-24 22:00",
          recurEvery: "Month Last Friday Offset6",
        },
      },
    }));
    const { asked } = await run(world, pauseConfigurationFlow, nightly, [pick("Another date…"), cancel]);
    assert.ok(
      textsOf(asked[0]?.rows ?? []).includes("In 2 weeks | 2026-12-07 | First window: 2026-12-31 22:00"),
    );
    const { question } = asked.at(-1) ?? assert.fail();
    assert.match(warned(question, "2026-12-02").join(), /First window: 2026-12-31 22:00/);
    assert.deepEqual(warned(question, "2026-12-31"), []);
  });

  test("a date that has passed since it was chosen is not written", async () => {
    await using world = await openTestWorld();
    const drafts = memoryDrafts();
    await run(world, pauseConfigurationFlow, nightly, [pick("Next Monday"), cancel], { drafts });
    const { last } = await run(world, pauseConfigurationFlow, nightly, [pick("resume"), pick("close")], {
      drafts,
      now: () => "2026-12-05T12:00:00Z",
    });
    assert.match(last, /mc-prod-nightly \| “2026-11-30” isn't in the future. Choose a date after 2026-12-05/);
  });

  test("the review turns to the documented way, to both, and back", async () => {
    await using world = await openTestWorld();
    const kinds = (plan: Plan | undefined) => [...new Set(plan?.changes.map(({ kind }) => kind))];
    const { plan, titles } = await run(world, pauseConfigurationFlow, nightly, [
      pick("In 2 weeks"),
      pick("disable"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Pause until", "Review", "Review"]);
    assert.deepEqual(kinds(plan), ["setUpgradePolicy"]);
    const both = await run(world, pauseConfigurationFlow, nightly, [
      pick("In 2 weeks"),
      pick("disable"),
      pick("both"),
      pick("pause"),
      back,
      go,
      pick("both"),
      pick("apply"),
    ]);
    assert.deepEqual(kinds(both.plan), ["updateConfiguration", "setUpgradePolicy"]);
  });

  test("only what is paused can be resumed", async () => {
    await using world = await openTestWorld();
    const palette = await run(world, resumeConfigurationFlow, undefined, [cancel]);
    assert.match(palette.last, /^No configurations are paused$/m);
    const direct = await run(world, resumeConfigurationFlow, nightly, [pick("close")]);
    assert.match(direct.last, /mc-prod-nightly \| Not paused/);
  });

  test("an edit of the start takes the place of a pause", async () => {
    await using world = await openTestWorld();
    const paused = await run(world, pauseConfigurationFlow, nightly, [pick("In 2 weeks"), pick("apply")]);
    await apply(world, paused.plan);
    const { plan } = await run(world, editConfigurationFlow, nightly, [
      pick("Start"),
      type("2026-12-01 23:00"),
      pick("apply"),
    ]);
    assert.match(warningsOf(plan), /ends the pause/);
    await apply(world, plan);
    assert.equal((await held(world, nightly)).tags?.[pauseTag], undefined);
  });
});

describe("deleting a configuration", () => {
  test("with no scale sets asks nothing but the review", async () => {
    await using world = await openTestWorld();
    const lonely = configuration("mc-lonely");
    await create(world, lonely);
    const { plan, titles, last } = await run(world, deleteConfigurationFlow, lonely, [pick("apply")]);
    assert.deepEqual(titles, ["Review"]);
    assert.match(last, /refuses the name of a deleted configuration for about 20 minutes/);
    assert.match(last, /No scale sets found/);
    assert.deepEqual(await apply(world, plan), ["done"]);
    assert.equal((await world.lab.ask("GET", `${lonely}?api-version=2023-04-01`)).status, 404);
  });

  test("names every set that loses control, however many they are", async () => {
    await using world = await openTestWorld();
    const { snapshot: now } = world.store;
    const like = now.scaleSets.get(idKey(scaleSet("vmss-web-prod"))) ?? assert.fail();
    const many = Array.from({ length: 200 }, (_, index): ScaleSetRecord => {
      const name = `vmss-many-${index}`;
      return { ...like, id: scaleSet(name), name };
    });
    const record = now.configurations.get(idKey(nightly)) ?? assert.fail();
    const snapshot = () => ({
      ...now,
      scaleSets: new Map(many.map((set) => [idKey(set.id), set])),
      configurations: new Map(now.configurations).set(idKey(nightly), {
        ...record,
        scaleSets: many.map(({ id }) => idKey(id)),
      }),
    });
    const { last } = await run(world, deleteConfigurationFlow, nightly, [cancel], { snapshot });
    for (const { name } of many) assert.match(last, new RegExp(`\\b${name}\\b`));
  });

  test("names the sets that lose control, of every subscription, and whose list may lack some", async () => {
    await using world = await openTestWorld();
    const { last, titles } = await run(world, deleteConfigurationFlow, nightly, [cancel]);
    assert.deepEqual(titles, ["Affected scale sets"]);
    assert.match(last, /^Turn off automatic OS upgrades first \| recommended/m);
    assert.match(last, /^Contoso Production: \d+ \| .*vmss-web-prod/m);
    assert.match(last, /may be incomplete\. .*vmss-identity-broker/);
  });

  test("of several says what each is attached to, and counts those that go", async () => {
    await using world = await openTestWorld();
    const guests = configuration("mc-guest-patching-sunday", "rg-data-prod-weu", fleet.production);
    const several = [nightly, monday, guests];
    const { plan, last } = await run(world, deleteConfigurationFlow, several, [pick("keep"), pick("apply")]);
    assert.match(last, /^mc-prod-nightly: 9 \| vmss-api-prod, .*vmss-gateway-prod, .*vmss-web-prod$/m);
    assert.match(last, /^mc-shared-fourth-monday: 2 \| vmss-build-agents, vmss-gateway-prod$/m);
    assert.match(last, /^Delete 2 configurations in the sandbox \| 2 changes, 1 not changed$/m);
    assert.match(last, /^mc-guest-patching-sunday \| Not for OS image upgrades/m);
    assert.deepEqual(
      plan?.changes.map(({ target, takesAlong }) => [nameOf(target), takesAlong?.length]),
      [
        ["mc-prod-nightly", 9],
        ["mc-shared-fourth-monday", 2],
      ],
    );
  });

  test("takes the upgrades off first", async () => {
    await using world = await openTestWorld();
    const { plan } = await run(world, deleteConfigurationFlow, daily, [pick("disable"), pick("apply")]);
    const kinds = plan?.changes.map(({ kind }) => kind) ?? [];
    assert.deepEqual([...new Set(kinds)], ["setUpgradePolicy", "deleteConfiguration"]);
    assert.equal(plan?.changes.at(-1)?.needs.length, kinds.length - 1);
    assert.ok((await apply(world, plan)).every((status) => status === "done"));
    const web = await world.lab.ask(
      "GET",
      `${scaleSet("vmss-web-staging", "rg-web-staging", fleet.staging)}?api-version=2024-07-01`,
    );
    assert.match(JSON.stringify(web.json), /"enableAutomaticOSUpgrade":false/);
  });

  test("moves them to another configuration, which is not the one that goes", async () => {
    await using world = await openTestWorld();
    const { plan, asked, last } = await run(world, deleteConfigurationFlow, daily, [
      pick("move"),
      look(
        ({ rows }) => assert.doesNotMatch(textsOf(rows).join("\n"), /mc-staging-daily/),
        pick("mc-prod-nightly"),
      ),
      pick("apply"),
    ]);
    assert.equal(asked.length, 3);
    assert.match(last, /Next windows/);
    assert.ok((await apply(world, plan)).every((status) => status === "done"));
    const assignments = await world.lab.ask(
      "GET",
      `${scaleSet("vmss-web-staging", "rg-web-staging", fleet.staging)}/providers/Microsoft.Maintenance/configurationAssignments?api-version=2023-04-01`,
    );
    assert.match(JSON.stringify(assignments.json), /mc-prod-nightly/i);
    assert.doesNotMatch(JSON.stringify(assignments.json), /mc-staging-daily/i);
  });

  test("moves them to one that is made in the same plan", async () => {
    await using world = await openTestWorld();
    const { plan } = await run(world, deleteConfigurationFlow, daily, [
      pick("move"),
      pick("Create a new configuration…"),
      pick("Answer step by step…"),
      pick("Contoso Staging"),
      pick("rg-web-staging"),
      type("mc-new"),
      ...Array<Move>(7).fill(go),
      pick("apply"),
    ]);
    assert.equal(plan?.changes[0]?.kind, "createConfiguration");
    assert.equal(plan.changes.at(-1)?.kind, "deleteConfiguration");
    assert.ok((await apply(world, plan)).every((status) => status === "done"));
  });

  test("all the same, says whose upgrades can then start at any hour", async () => {
    await using world = await openTestWorld();
    const { plan } = await run(world, deleteConfigurationFlow, daily, [pick("keep"), pick("apply")]);
    assert.deepEqual(
      plan?.changes.map(({ kind, target }) => `${kind} ${nameOf(target)}`),
      ["deleteConfiguration mc-staging-daily"],
    );
    assert.match(warningsOf(plan), /vmss-web-staging.* stay on and can start at any time/);
  });

  test("a set that would be left open keeps the configuration from being deleted", async () => {
    await using world = await openTestWorld();
    // A set of another service is left out of a plan over many.
    const belongsToAks = (set: ScaleSetRecord) =>
      set.name === "vmss-web-prod"
        ? { ...set, resource: { ...set.resource, tags: { "aks-managed-poolName": "web" } } }
        : set;
    const snapshot = () => ({
      ...world.store.snapshot,
      scaleSets: new Map([...world.store.snapshot.scaleSets].map(([key, set]) => [key, belongsToAks(set)])),
    });
    const { plan, last } = await run(
      world,
      deleteConfigurationFlow,
      nightly,
      [pick("disable"), pick("apply")],
      { snapshot },
    );
    assert.deepEqual([...new Set(plan?.changes.map(({ kind }) => kind))], ["setUpgradePolicy"]);
    assert.match(last, /mc-prod-nightly \| Not deleted: .*vmss-web-prod/);
    assert.match(last, /vmss-web-prod \| Managed by Azure Kubernetes Service/);
  });
});

function withoutWindow({ tags, properties }: Configuration): object {
  const { maintenanceWindow: _, ...rest } = properties;
  return { ...rest, tags };
}

const warningsOf = (plan: Plan | undefined) => plan?.warnings.map(inEnglish).join("\n") ?? "";

async function openTestWorld(): Promise<World & AsyncDisposable> {
  const world = await openWorld(() => new Date("2026-11-23T12:00:00Z")); // a Monday
  return { ...world, [Symbol.asyncDispose]: async () => world.store.dispose() };
}

/** An Azure that has this window in a configuration. */
function withConfiguration(world: World, id: string, window: Readonly<Record<string, string>>) {
  return {
    ...world.lab.azure,
    read: async (asked: string, signal: AbortSignal) => {
      const resource = await world.lab.azure.read(asked, signal);
      if (asked !== id) return resource;
      return {
        ...resource,
        properties: { ...(resource["properties"] as object), maintenanceWindow: window },
      };
    },
  };
}

async function create(world: World, id: string): Promise<void> {
  const { status } = await world.lab.sandbox.handle({
    method: "PUT",
    url: `https://management.sandbox.example${id}?api-version=2023-04-01`,
    headers: { authorization: "Bearer s3cr3t.token.value", "content-type": "application/json" },
    body: JSON.stringify({ location: "westeurope", properties: { maintenanceScope: "OSImage" } }),
  });
  assert.equal(status, 200);
  await world.store.refresh(never);
}
