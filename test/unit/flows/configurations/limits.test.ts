import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { associateFlow } from "../../../../src/flows/associations/associate.ts";
import { createConfigurationFlow } from "../../../../src/flows/configurations/createConfiguration.ts";
import { countInRegion } from "../../../../src/flows/configurations/limits.ts";
import type { ConfigurationRecord, Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { configuration, fleet, scaleSet } from "../../azure/support.ts";
import { go, pick, type, type Move } from "../support.ts";
import { openWorld } from "../world.ts";

const nightly = configuration("mc-prod-nightly");

/** The fleet with `count` more configurations like mc-prod-nightly. */
function withMore(snapshot: Snapshot, count: number): Snapshot {
  const like = snapshot.configurations.get(idKey(nightly)) ?? assert.fail();
  const more = Array.from({ length: count }, (_, index): ConfigurationRecord => {
    const id = configuration(`mc-more-${index}`);
    return { ...like, id, name: `mc-more-${index}`, resource: { ...like.resource, id } };
  });
  const configurations = [...snapshot.configurations.values(), ...more];
  return { ...snapshot, configurations: new Map(configurations.map((one) => [idKey(one.id), one])) };
}

describe("Azure's limits in a review", () => {
  test("the 251st configuration of a subscription in a region is warned of, one in another region is not", async () => {
    const world = await openWorld();
    const before = countInRegion(world.store.snapshot, fleet.shared, { location: "West Europe" });
    const snapshot = () => withMore(world.store.snapshot, 251 - before);
    const warnings = async (region: string) => {
      const moves: readonly Move[] = [
        pick("Answer step by step…"),
        pick("Contoso Shared Services"),
        pick("rg-maintenance"),
        type("mc-one-more"),
        pick(region),
        ...Array<Move>(6).fill(go),
        pick("apply"),
      ];
      const context = world.context(moves, { snapshot });
      const plan = await createConfigurationFlow(context);
      context.prompter.finish();
      return plan?.warnings.map(inEnglish).join() ?? "";
    };
    assert.match(await warnings("westeurope"), /251 configurations in its region\. Azure supports 250/);
    assert.doesNotMatch(await warnings("northeurope"), /in its region/);
    world.store.dispose();
  });

  test("the 3,001st association of a configuration is warned of", async () => {
    const world = await openWorld();
    const used = (count: number) => (): Snapshot => {
      const { snapshot } = world.store;
      const record = snapshot.configurations.get(idKey(nightly)) ?? assert.fail();
      const scaleSets = Array.from({ length: count }, (_, index) => idKey(scaleSet(`vmss-${index}`)));
      return {
        ...snapshot,
        configurations: new Map(snapshot.configurations).set(idKey(nightly), { ...record, scaleSets }),
      };
    };
    const warnings = async (count: number) => {
      const context = world.context([pick("apply")], { snapshot: used(count) });
      const start = { configurationIds: [nightly], scaleSetIds: [scaleSet("vmss-cache-prod")] };
      const plan = await associateFlow(context, start);
      return plan?.warnings.map(inEnglish).join() ?? "";
    };
    assert.match(await warnings(3000), /associated with 3001 scale sets\. Azure supports 3000/);
    assert.doesNotMatch(await warnings(2999), /Azure supports/);
    world.store.dispose();
  });
});
