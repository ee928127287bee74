/** The steps of the job, each as a user would do it. They answer what there is to say about them, line by line. */
import type { Theme, Workbench } from "../../test/support/workbench.ts";
import { job } from "./job.ts";

type Picture = (what: string, theme?: Theme) => Promise<void>;
type Play = (workbench: Workbench, picture: Picture) => Promise<readonly string[]>;

const names = job.scaleSets.map(({ name }) => name);

export const openSandbox: Play = async (workbench, picture) => {
  await workbench.page.locator(".welcome-view-content", { hasText: "Open Sandbox" }).waitFor();
  await picture("welcome", "light");
  await workbench.page.getByRole("button", { name: "Open Sandbox" }).click();
  const tree = workbench.tree("Fleet");
  await tree.row(job.subscription);
  await picture("sandbox-open", "dark");
  return [];
};

export const createConfiguration: Play = async (workbench, picture) => {
  const { quickInput } = workbench;
  await workbench.run("Scale Set Maintenance: Create Configuration");
  // The resource group, the region and the recurrence are proposed as the job wants them.
  await quickInput.step("Review");
  await picture("configuration-proposed");
  await quickInput.change("Subscription");
  await quickInput.pick(job.subscription);
  await quickInput.change("Name");
  await quickInput.enter(job.configuration);
  await quickInput.change("Time zone");
  await quickInput.type(job.timeZone.city);
  await picture("time-zone");
  await quickInput.pick(new RegExp(job.timeZone.label));
  await quickInput.change("Start");
  await quickInput.enter(job.start);
  await quickInput.change("Duration");
  await picture("duration");
  await quickInput.pick(job.duration.label);
  await quickInput.step("Review");
  await picture("configuration-review");
  await picture("configuration-review-light", "light");
  await apply(workbench);
  const tree = workbench.tree("Fleet");
  await tree.expandPath(job.subscription, "Maintenance configurations");
  await tree.row(job.configuration);
  await picture("configuration-created", "dark");
  return [];
};

export const associate: Play = async (workbench, picture) => {
  const { quickInput } = workbench;
  await workbench.tree("Fleet").contextMenu(job.configuration, "Associate Scale Sets");
  await quickInput.step("Choose scale sets");
  await picture("pick-scale-sets");
  await quickInput.pickMany(names);
  await quickInput.step("Review");
  await picture("association-review");
  await apply(workbench);
  return [];
};

export const enableUpgrades: Play = async (workbench, picture) => {
  const { quickInput } = workbench;
  await workbench.run("Scale Set Maintenance: Enable Automatic OS Upgrades");
  await quickInput.step("Choose scale sets");
  await picture("upgrades-pick");
  await quickInput.pickMany(names);
  await quickInput.step("Review");
  await picture("upgrades-review");
  await apply(workbench);
  return [];
};

export const showNextWindows: Play = async (workbench, picture) => {
  const tree = workbench.tree("Fleet");
  await tree.expand(job.configuration);
  await tree.expand("Later windows");
  await picture("next-windows", "dark");
  await picture("next-windows-light", "light");
  const rows = await tree.rows();
  return rows
    .filter(({ name, level }) => level === 5 || name.startsWith("Next window"))
    .map(({ name }) => name);
};

/** Confirms the preview and waits until the last change is done. */
async function apply(workbench: Workbench): Promise<void> {
  await workbench.quickInput.apply();
  await workbench.toast(/changes? done/);
  await workbench.clearToasts();
}
