import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { currentResources } from "../../../../src/commands/code/currentResources.ts";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import type { Target } from "../../../../src/report/links.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { idle, readStore, web, weekly } from "../../fleet/fakes.ts";

let snapshot: Snapshot;
before(async () => {
  ({ snapshot } = await readStore());
});

function exported(nodes: readonly Target[], scaleSetIds: readonly string[], of = snapshot) {
  const { configurations, scaleSets } = atOnce(currentResources(nodes, scaleSetIds, of));
  return {
    configurations: configurations.map(({ id }) => id),
    scaleSets: scaleSets.map(({ id, assignments }) => [id, assignments?.length] as const),
  };
}
const set = (resourceId: string) => ({ kind: "scaleSet", resourceId });

describe("what is exported of rows", () => {
  it("is the scale sets with the configurations that they are associated with, wherever these are", () => {
    assert.deepEqual(exported([set(web.id)], [web.id]), {
      configurations: [weekly.id],
      scaleSets: [[web.id, 1]],
    });
  });

  it("is a configuration also where no scale set is associated with it, and each once", () => {
    const node = { kind: "configuration", resourceId: weekly.id.toUpperCase() };
    assert.deepEqual(exported([node], []), { configurations: [weekly.id], scaleSets: [] });
    assert.deepEqual(exported([node, node], [web.id]).configurations, [weekly.id]);
  });

  it("is every OSImage configuration of a whole subscription", () => {
    const record = snapshot.configurations.get(idKey(weekly.id)) ?? assert.fail();
    const { subscriptionId } = record;
    const id = `${weekly.id}-guests`;
    const resource = { ...record.resource, properties: { maintenanceScope: "InGuestPatch" } };
    const configurations = new Map(snapshot.configurations).set(idKey(id), { ...record, id, resource });
    const osImages = [...snapshot.configurations.values()]
      .filter((one) => one.subscriptionId === subscriptionId)
      .map((one) => one.id);
    const whole = { kind: "subscription", subscriptionId };
    assert.deepEqual(exported([whole], [], { ...snapshot, configurations }).configurations, osImages);
    assert.deepEqual(exported([{ kind: "scaleSets", subscriptionId }], []).configurations, []);
  });

  it("has a configuration of a hidden subscription as it was asked for, and says of no set what could not be read", () => {
    const configurations = new Map(snapshot.configurations);
    configurations.delete(idKey(weekly.id));
    const { resource } = snapshot.configurations.get(idKey(weekly.id)) ?? assert.fail();
    const referenced = new Map([
      [idKey(weekly.id), { state: "found", resource, schedule: undefined } as const],
    ]);
    const record = snapshot.scaleSets.get(idKey(idle.id)) ?? assert.fail();
    const unread = { ...record, assignments: { unknown: "loading" } as const };
    const scaleSets = new Map(snapshot.scaleSets).set(idKey(idle.id), unread);
    assert.deepEqual(
      exported([], [web.id, idle.id], { ...snapshot, configurations, referenced, scaleSets }),
      {
        configurations: [weekly.id],
        scaleSets: [
          [web.id, 1],
          [idle.id, undefined],
        ],
      },
    );
  });

  it("leaves out a scale set that is no longer in the fleet", () => {
    assert.deepEqual(exported([], [`${web.id}-gone`]), { configurations: [], scaleSets: [] });
  });
});
