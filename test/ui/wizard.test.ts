import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { differences } from "../../scripts/tour/holdings.ts";
import { idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const create = "Scale Set Maintenance: Create Configuration";
const year = new Date().getFullYear() + 1;
const start = `${year}-01-15 22:00`;

/** The steps of a whole wizard, with the answers that the tests below give them. */
const steps = [
  { title: "Subscription", active: "Contoso Shared Services" },
  { title: "Resource group", active: "rg-maintenance" },
  { title: "Name", value: "mc-evening" },
  { title: "Region", active: "North Europe" },
  { title: "Time zone", active: "(UTC-08:00) Pacific Time" },
  { title: "Start", value: start },
  { title: "Duration", active: "Another duration…" },
  { title: "Another duration", value: "05:30" },
  { title: "Recurrence", active: "Every day" },
  { title: "Expiry", value: `${year}-12-31 22:00` },
  { title: "Tags", value: "team=platform" },
] as const;

test("a value that Azure refuses is explained in its place, and the wizard stays open", async () => {
  await shared().startOver();
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await workbench.run(create);
  await quickInput.step("Review");
  await picture("proposed");
  await quickInput.pick("Answer step by step…");
  await quickInput.step("Subscription");
  await quickInput.pick("Contoso Shared Services");
  await quickInput.step("Resource group");
  await quickInput.pick("rg-maintenance");

  await quickInput.step("Name");
  await quickInput.enter("mc/evening");
  assert.match(await quickInput.message("“mc/evening”"), /contains “\/”.*Use letters, digits/s);
  await picture("name-refused");
  await quickInput.enter("mc-evening");

  await quickInput.step("Region");
  await quickInput.pick("North Europe");
  await quickInput.step("Time zone");
  await quickInput.type("Los Angeles");
  await picture("time-zone-by-city");
  await quickInput.pick(/Pacific Time$/);

  await quickInput.step("Start");
  const gap = `${secondSundayOfMarch(year)} 02:30`;
  await quickInput.type(gap);
  assert.match(
    await quickInput.message(gap),
    /falls in the time that .* skips for daylight saving.*Choose .* or another day/s,
  );
  await picture("start-in-the-gap");
  await quickInput.enter(start);

  await quickInput.step("Duration");
  await quickInput.pick("Another duration…");
  await quickInput.step("Another duration");
  await quickInput.enter("05:30");

  await quickInput.step("Recurrence");
  await quickInput.pick("Every day");
  await quickInput.step("Expiry");
  await quickInput.enter(`${year}-12-31 22:00`);
  await quickInput.step("Tags");
  await quickInput.enter("team=platform");
  await quickInput.step("Review");
});

test("Back leads through every answer, as it was given, and a changed one takes effect", async () => {
  const { workbench } = shared();
  const { quickInput } = workbench;
  const numbered = steps.map((step, index) => ({ ...step, number: index + 1 }));
  for (const step of numbered.toReversed()) {
    await quickInput.back();
    await quickInput.step(step.title, step.number);
    if ("value" in step) await quickInput.holds(step.value);
    else await quickInput.points(step.active);
  }
  for (const step of numbered) {
    await quickInput.step(step.title, step.number);
    if (step.title === "Name") await quickInput.enter("mc-late-evening");
    else await quickInput.accept();
  }
  await quickInput.step("Review");
  assert.match((await quickInput.labels()).join("\n"), /Create maintenance configuration mc-late-evening/);
  assert.doesNotMatch((await quickInput.labels()).join("\n"), /mc-evening/);
});

test("what is closed at the preview sends nothing, and the next start resumes it", async () => {
  const { workbench, sandbox, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await holdings();
  await picture("review");
  await quickInput.cancel();
  assert.deepEqual(differences(before, await holdings()), []);

  await workbench.run(create);
  await quickInput.step("Continue where you left off?");
  await picture("continue");
  await quickInput.pick("Continue");
  await quickInput.step("Review");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  const id = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-late-evening");
  const created = {
    configurationType: "Regular",
    extensionProperties: {},
    namespace: "Microsoft.Maintenance",
    visibility: "Custom",
    maintenanceScope: "OSImage",
    maintenanceWindow: {
      startDateTime: start,
      expirationDateTime: `${year}-12-31 22:00`,
      duration: "05:30",
      timeZone: "Pacific Standard Time",
      recurEvery: "Day",
    },
  };
  assert.deepEqual(differences(new Map([...before, [id, created]]), await holdings()), []);
  const answer = await ask(sandbox, "GET", `${id}?api-version=2023-04-01`);
  const { location, tags } = answer.body as { location: string; tags: unknown };
  assert.deepEqual({ location, tags }, { location: "northeurope", tags: { team: "platform" } });
});

test("ids that can't be meant are told one by one as they are typed, and where none is left the wizard stays", async () => {
  const { workbench, sandbox, picture } = shared();
  const { quickInput } = workbench;
  const set = idIn(sandbox, "Contoso Production", "rg-web-prod-weu", "vmss-cache-prod");
  const configuration = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");
  await workbench.run("Scale Set Maintenance: Associate Scale Sets");
  await quickInput.step("Choose scale sets");
  await quickInput.button("Paste Resource IDs…");
  await quickInput.step("Resource IDs");
  await quickInput.type(`${set} vmss-worker-prod`);
  assert.match(
    await quickInput.message("“vmss-worker-prod”"),
    /isn't a resource ID\. Resource IDs start with \/subscriptions\//,
  );
  await quickInput.type(`${set} ${configuration}`);
  await quickInput.message(/isn't a scale set but Microsoft\.Maintenance\/maintenanceConfigurations/i);
  await quickInput.enter(set.replace("cache", "cash"));
  await quickInput.message("wasn't found in Contoso Production. Check the name or refresh");
  await picture("pasted-id-not-found");
  await quickInput.holds(set.replace("cache", "cash"));
  await quickInput.enter(set.toUpperCase());
  await quickInput.step("Choose a configuration");
  await picture("configuration");
  await quickInput.cancel();
});

function secondSundayOfMarch(ofYear: number): string {
  const firstDay = new Date(Date.UTC(ofYear, 2, 1)).getUTCDay();
  const day = 1 + ((7 - firstDay) % 7) + 7;
  return `${ofYear}-03-${String(day).padStart(2, "0")}`;
}
