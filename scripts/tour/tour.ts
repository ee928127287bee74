/**
 * The main job, played unattended through the real user interface of a real VS Code. After each step it prints what the
 * sandbox holds, asked from outside, and it fails if that is not exactly what was asked for.
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packedExtension } from "../../test/support/extension.ts";
import { Workbench, type Theme } from "../../test/support/workbench.ts";
import { Failure } from "../bootstrap/failure.mjs";
import { artifact } from "../lib/artifacts.ts";
import { startSandbox } from "../lib/sandbox.ts";
import { differences, holdingsOf, type Holdings } from "./holdings.ts";
import { expectations, idsOf, job } from "./job.ts";
import { associate, createConfiguration, enableUpgrades, openSandbox, showNextWindows } from "./play.ts";

export async function tour(): Promise<void> {
  const folder = artifact("tour");
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) rmSync(join(folder, old), { recursive: true });

  await using sandbox = await startSandbox();
  await using workbench = await Workbench.open({
    extensions: [await packedExtension()],
    env: sandbox.access.env,
    // The first step of the tour opens the sandbox, so it is not opened at the start.
    settings: { ...sandbox.access.settings, "scaleSetMaintenance.sandbox.openAtStartup": false },
  });
  await workbench.openContainer("Scale Set Maintenance");
  await workbench.widenSideBar(520);
  let pictures = 0;
  const picture = async (what: string, theme?: Theme) => {
    pictures += 1;
    await workbench.screenshot(`tour/${String(pictures).padStart(2, "0")}-${what}.png`, theme);
  };

  const before = await holdingsOf(sandbox);
  const expected = expectations(before, idsOf(sandbox));
  const steps = [
    { title: "Open the sandbox", play: openSandbox, expected: before },
    { title: `Create ${job.configuration}`, play: createConfiguration, expected: expected.withConfiguration },
    {
      title: "Associate three scale sets of two subscriptions",
      play: associate,
      expected: expected.withAssociations,
    },
    { title: "Enable automatic OS upgrades on them", play: enableUpgrades, expected: expected.withUpgrades },
    { title: "Show the next windows", play: showNextWindows, expected: expected.withUpgrades },
  ];
  let shown: Holdings = new Map();
  for (const [index, step] of steps.entries()) {
    console.log(`\n${index + 1}. ${step.title}`);
    const lines = await step.play(workbench, picture).catch(async (error: unknown) => {
      await workbench.screenshot("last/tour.png"); // the screen at the failure
      throw error;
    });
    for (const line of lines) console.log(`   ${line}`);
    const holds = await holdingsOf(sandbox);
    report(shown, holds);
    shown = holds;
    refuseOther(step.expected, holds);
  }
  console.log(`\nThe sandbox holds exactly the expected changes. ${pictures} pictures are in ${folder}.`);
}

function report(before: Holdings, after: Holdings): void {
  const ofKind = (kind: string) => [...after.keys()].filter((id) => id.split("/").at(-2) === kind).length;
  const upgrades = [...after.values()].filter(
    (value) => (value as { automaticUpgrades?: boolean }).automaticUpgrades,
  );
  console.log(
    `   The sandbox holds ${ofKind("maintenanceconfigurations")} configurations, ${ofKind("configurationassignments")}` +
      ` associations, ${upgrades.length} scale sets with automatic OS upgrades.`,
  );
  if (before.size === 0) return;
  for (const [id, value] of after) {
    if (JSON.stringify(before.get(id)) !== JSON.stringify(value))
      console.log(`   ${id}\n      ${JSON.stringify(value)}`);
  }
}

function refuseOther(expected: Holdings, actual: Holdings): void {
  const wrong = differences(expected, actual);
  if (wrong.length > 0)
    throw new Failure(`The sandbox doesn't hold the expected changes:\n${wrong.join("\n")}`);
}
