import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { createConfigurationFlow } from "../../../../src/flows/configurations/createConfiguration.ts";
import type { Action } from "../../../../src/flows/engine/question.ts";
import { fleet } from "../../azure/support.ts";
import {
  back,
  cancel,
  go,
  look,
  memoryDrafts,
  pick,
  textsOf,
  type,
  verdictsOf,
  type Move,
} from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));
after(() => world.store.dispose());

const create = (moves: readonly Move[], start = {}, changes = {}) =>
  world.run((context) => createConfigurationFlow(context, start), moves, changes);

const stepByStep = pick("Answer step by step…");
const inSharedGroup = [stepByStep, pick("Contoso Shared Services"), pick("rg-maintenance")];
/** Region, time zone, start, duration, recurrence, expiry and tags as they are proposed. */
const asProposed = [go, go, go, go, go, go, go];
/** By the world's clock. */
const tomorrow = "2026-11-24";

/** Walks to the question with this title and returns it. */
async function askedAt(title: string, moves: readonly Move[]) {
  const { asked } = await create([...moves, cancel]);
  const found = asked.at(-1);
  assert.equal(found?.title, title);
  return found;
}

const blocked = (question: Parameters<typeof verdictsOf>[0], text: string) =>
  verdictsOf(question, text)
    .filter(({ severity }) => severity === "block")
    .map((verdict) => inEnglish(verdict.message));

describe("a new configuration", () => {
  test("in an existing group, with everything as proposed", async () => {
    const { plan, asked } = await create([...inSharedGroup, type("mc-new"), ...asProposed, pick("apply")]);
    assert.deepEqual(
      asked.map(({ title }) => title),
      [
        "Review",
        "Subscription",
        "Resource group",
        "Name",
        "Region",
        "Time zone",
        "Start",
        "Duration",
        "Recurrence",
        "Expiry",
        "Tags",
        "Review",
      ],
    );
    assert.deepEqual(
      plan?.changes.map(({ kind, target, after }) => ({ kind, target, after })),
      [
        {
          kind: "createConfiguration",
          target: `/subscriptions/${fleet.shared}/resourceGroups/rg-maintenance/providers/Microsoft.Maintenance/maintenanceConfigurations/mc-new`,
          after: {
            location: "westeurope",
            properties: {
              maintenanceScope: "OSImage",
              visibility: "Custom",
              maintenanceWindow: {
                startDateTime: `${tomorrow} 22:00`,
                duration: "05:00",
                timeZone: "W. Europe Standard Time",
                recurEvery: "Day",
              },
            },
          },
        },
      ],
    );
  });

  test("in a new group, with values of the user's own", async () => {
    const { plan } = await create([
      stepByStep,
      pick("Contoso Staging"),
      pick("Create a new resource group…"),
      type("rg-new"),
      pick("swedencentral"),
      type("mc-new"),
      look(({ question }) => assert.equal(question.proposed, "swedencentral"), pick("West US 3")),
      pick("Pacific Standard Time"),
      type("2027-03-01T23:30"),
      pick("Another duration…"),
      type("5:30"),
      pick("Another recurrence…"),
      type("1week saturday"),
      type("2028-03-01 00:00"),
      type("team=platform, note=a=b,empty="),
      pick("apply"),
    ]);
    const [group, configuration] = plan?.changes ?? [];
    assert.deepEqual([group?.kind, group?.after], ["createResourceGroup", { location: "swedencentral" }]);
    assert.equal(group?.target, `/subscriptions/${fleet.staging}/resourceGroups/rg-new`);
    assert.ok(configuration?.target.startsWith(`${group.target}/`));
    assert.deepEqual(configuration?.after, {
      location: "westus3",
      tags: { team: "platform", note: "a=b", empty: "" },
      properties: {
        maintenanceScope: "OSImage",
        visibility: "Custom",
        maintenanceWindow: {
          startDateTime: "2027-03-01 23:30",
          expirationDateTime: "2028-03-01 00:00",
          duration: "05:30",
          timeZone: "Pacific Standard Time",
          recurEvery: "Week Saturday",
        },
      },
    });
    assert.equal(plan?.warnings.length, 1, "the recurrence may be refused");
  });

  test("started on a subscription, that is not asked", async () => {
    const { asked } = await create([stepByStep, cancel], { subscriptionId: fleet.staging });
    assert.equal(asked[1]?.title, "Resource group");
    assert.ok(textsOf(asked[1].rows).includes("rg-web-staging | westeurope"));
  });

  test("Azure accepts what the plan sends", async () => {
    const { plan } = await create([...inSharedGroup, type("mc-accepted"), ...asProposed, pick("apply")]);
    const own = await openWorld();
    const results = await own.lab.azure.apply(plan ?? assert.fail(), {
      signal: new AbortController().signal,
    });
    assert.deepEqual(
      results.map(({ outcome }) => outcome.status),
      ["done"],
    );
    own.store.dispose();
  });
});

describe("values as they are typed", () => {
  test("a name that the group has already, in any casing, is refused", async () => {
    const { question } = await askedAt("Name", inSharedGroup);
    assert.match(
      blocked(question, "MC-Prod-Nightly").join(),
      /“MC-Prod-Nightly” is taken: resource group rg-maintenance already has.*Choose another/,
    );
    assert.notDeepEqual(blocked(question, ""), []);
    assert.deepEqual(blocked(question, "mc-web-until-migration"), [], "that one is in another group");
  });

  test("a group that the subscription has already is refused, since creating it would take its tags", async () => {
    const { question } = await askedAt("New resource group", [
      stepByStep,
      pick("Contoso Staging"),
      pick("+"),
    ]);
    assert.match(blocked(question, "RG-web-staging").join(), /RG-web-staging/);
    assert.deepEqual(blocked(question, "rg-maintenance"), [], "that one is in another subscription");
  });

  test("a start that does not exist is refused, one that has passed or that a clock skips is warned of", async () => {
    const { question } = await askedAt("Start", [
      ...inSharedGroup,
      type("mc-new"),
      go,
      pick("Pacific Standard Time"),
    ]);
    assert.match(
      blocked(question, "2030-02-30 22:00").join(),
      /“2030-02-30 22:00” isn't a real date and time\. Choose another/,
    );
    assert.deepEqual(
      verdictsOf(question, "2020-01-01 22:00").map(({ severity }) => severity),
      ["warn"],
    );
    assert.match(
      blocked(question, "tomorrow").join(),
      /“tomorrow” isn't written as YYYY-MM-DD hh:mm\. Enter it like/,
    );
    assert.deepEqual(blocked(question, "2030-02-28 22:00"), []);
    const [gap] = verdictsOf(question, "2030-03-10 02:30");
    assert.equal(gap?.severity, "warn");
    assert.match(
      inEnglish(gap.message),
      /falls in the time that Pacific Time skips for daylight saving.*Choose .*03:30 or another day/,
    );
  });

  test("an expiry before the start is refused", async () => {
    const moves = [...inSharedGroup, type("mc-new"), go, go, type("2030-06-01 22:00"), go, go];
    const { question } = await askedAt("Expiry", moves);
    assert.match(
      blocked(question, "2030-05-01 00:00").join(),
      /“2030-05-01 00:00” isn't after the start .*Choose a later expiry, or none/,
    );
    assert.deepEqual(blocked(question, "2031-05-01 00:00"), []);
    assert.deepEqual(blocked(question, ""), []);
  });

  test("a name is taken only in its own group of its own subscription", async () => {
    const moves = [
      stepByStep,
      pick("Contoso Production"),
      pick("+"),
      type("rg-maintenance"),
      pick("westeurope"),
    ];
    const { question } = await askedAt("Name", moves);
    assert.deepEqual(blocked(question, "mc-prod-nightly"), []);
  });

  test("a duration under five hours is refused, and names the value", async () => {
    const moves = [...inSharedGroup, type("mc-new"), go, go, go, pick("Another duration…")];
    const { question } = await askedAt("Another duration", moves);
    assert.match(
      blocked(question, "04:59").join(),
      /“04:59” is too short\. .*lasts at least 5 hours: enter 05:00 or more/,
    );
    assert.deepEqual(blocked(question, "05:00"), []);
  });

  test("a recurrence that is not understood is refused, and told what would be", async () => {
    const moves = [...inSharedGroup, type("mc-new"), go, go, go, go, pick("Another recurrence…")];
    const { question } = await askedAt("Another recurrence", moves);
    assert.match(
      blocked(question, "every weekend").join(),
      /“every weekend” couldn't be read.*Enter Day, or a form such as/,
    );
    assert.deepEqual(blocked(question, "Week Saturday"), []);
  });

  test("tags that are none are refused one by one", async () => {
    const { question } = await askedAt("Tags", [...inSharedGroup, type("mc-new"), go, go, go, go, go, go]);
    assert.equal(blocked(question, "a, =b, c=1, C=2").length, 3);
    assert.match(blocked(question, "platform").join(), /“platform” isn't a tag. Use name=value./);
    assert.deepEqual(blocked(question, ""), []);
    assert.deepEqual(blocked(question, "a=1\nb=2"), []);
  });
});

describe("lists", () => {
  test("groups that can't be loaded are shown as failed, and asked for again", async () => {
    let calls = 0;
    const azure = {
      ...world.lab.azure,
      resourceGroups: async (id: string, signal: AbortSignal) => {
        calls += 1;
        if (calls === 1) throw new Error("no answer");
        return world.lab.azure.resourceGroups(id, signal);
      },
    };
    await assert.rejects(create([stepByStep, pick("Contoso Staging")], {}, { azure }), /no answer/);
    assert.equal(calls, 1);
  });

  test("of the regions the recommended come first, and no logical ones", async () => {
    const { asked } = await create([...inSharedGroup, type("mc-new"), cancel]);
    const regions = asked.at(-1)?.rows ?? [];
    assert.deepEqual(regions[0], { kind: "group", label: { template: "Recommended", args: [] } });
    assert.equal(
      textsOf(regions).some((text) => /stage|global/i.test(text)),
      false,
    );
  });

  test("a recurrence that every source accepts is recommended, the others carry their warning", async () => {
    const { rows } = await askedAt("Recurrence", [...inSharedGroup, type("mc-new"), go, go, go, go]);
    const [day, ...others] = textsOf(rows);
    assert.equal(day, "Every day | recommended");
    assert.ok(others.slice(0, -1).every((text) => text.includes("may be refused")));
  });
});

describe("the review", () => {
  test("shows what is created where, its schedule, and the next five windows in both zones", async () => {
    const moves = [
      ...inSharedGroup,
      type("mc-new"),
      go,
      pick("Pacific Standard Time"),
      type("2030-06-01 22:00"),
      go,
      go,
      go,
      type("team=platform"),
    ];
    const { rows } = await askedAt("Review", moves);
    assert.deepEqual(textsOf(rows).slice(0, 23), [
      "Create mc-new in the sandbox | 1 change",
      "Preview API requests",
      "Export as Code…",
      "Open the full plan",
      "Configuration",
      "Subscription | Contoso Shared Services",
      "Resource group | rg-maintenance",
      "Name | mc-new",
      "Region | westeurope",
      "Start | 2030-06-01 22:00",
      "Duration | 5 hours",
      "Recurrence | Every day",
      "Time zone | Pacific Time",
      "Expiry | none",
      "Tags | team=platform",
      "Answer step by step…",
      "Changes",
      "Create maintenance configuration mc-new | In resource group rg-maintenance, region westeurope; tags: team=platform",
      "Upgrade duration",
      "The longest upgrade takes up to 1 h 30 min; the window is 5 h | vmss-telemetry-ingestion-and-aggregation-collectors-northeurope: 9 instances in batches of 20 % · Checked: 3 scale sets without a configuration in Contoso Shared Services · Up to 10 min per batch: 5 min for health, 5 min assumed for new disks (not documented)",
      "Next windows",
      "Every day 22:00–03:00, Pacific Time",
      "In Pacific Standard Time; yours: Europe/Berlin",
    ]);
    const windows = textsOf(rows).slice(23);
    assert.equal(windows.length, 5);
    assert.equal(windows[0], "2030-06-01 22:00–03:00 | 2030-06-02 07:00–12:00");
  });

  test("shows one zone where both show the same, and the days of a window that is longer than one", async () => {
    const moves = [...inSharedGroup, type("mc-new"), go, go, type("2030-06-01 22:00")];
    const { rows } = await askedAt("Review", [
      ...moves,
      pick("custom"),
      type("30:00"),
      pick("3Days"),
      go,
      go,
    ]);
    const [schedule, first] = textsOf(rows).slice(-6);
    assert.equal(schedule, "Every 3 days 22:00 for 30 h, Central European Time");
    assert.equal(first, "2030-06-01 22:00 – 2030-06-03 04:00");
  });

  test("shows the exact requests on demand, and sends nothing", async () => {
    const { rows } = await askedAt("Review", [...inSharedGroup, type("mc-new"), ...asProposed]);
    const sent = world.lab.sent.length;
    await (rows.find((row) => row.kind === "action") as Action).run();
    assert.equal(world.shown.at(-1)?.changes.length, 1);
    assert.equal(world.lab.sent.length, sent);
  });

  test("Azure itself is not called a sandbox", async () => {
    const azure = { ...world.lab.azure, origin: "azure" as const };
    const { asked } = await create([...inSharedGroup, type("mc-new"), ...asProposed, cancel], {}, { azure });
    assert.equal(textsOf(asked.at(-1)?.rows ?? [])[0], "Create mc-new | 1 change");
    assert.equal(inEnglish(asked[1]?.place.flow ?? assert.fail()), "Create Configuration");
  });
});

test("Back from every step to the first and forward again ends with the same plan", async () => {
  const way = [...inSharedGroup.slice(1), type("mc-new"), ...asProposed];
  const straight = await create([stepByStep, ...way, pick("apply")]);
  for (let depth = 1; depth <= way.length; depth += 1) {
    const there = [stepByStep, ...way.slice(0, depth), ...Array<Move>(depth).fill(back)];
    const again = [...Array<Move>(depth).fill(go), ...way.slice(depth), pick("apply")];
    assert.deepEqual((await create([...there, ...again])).plan, straight.plan, `Back from step ${depth + 1}`);
  }
});

test("resumes with a loaded list and goes on to a plan", async () => {
  const drafts = memoryDrafts();
  await create([...inSharedGroup, type("mc-new"), go, cancel], {}, { drafts });
  const { plan, asked } = await create(
    [pick("resume"), go, go, go, go, go, go, pick("apply")],
    {},
    { drafts },
  );
  assert.equal(asked[1]?.title, "Time zone");
  assert.equal(plan?.changes.length, 1);
});

test("a draft of the sandbox is not offered for Azure", async () => {
  const drafts = memoryDrafts();
  await create([stepByStep, pick("Contoso Staging"), cancel], {}, { drafts });
  const azure = { ...world.lab.azure, origin: "azure" as const };
  const { asked } = await create([cancel], {}, { drafts, azure });
  assert.match(asked[0]?.title ?? "", /^Review/);
});
