import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedFleet } from "../../../../src/sandbox/fleet/generated.ts";
import type { BuildFleet } from "../../../../src/sandbox/state.ts";
import { createLab, resources } from "../support.ts";

const size = {
  seed: 1,
  tenants: 1,
  subscriptions: 20,
  scaleSets: 500,
  configurations: 50,
  assignments: 500,
} as const;

/** A fleet, and how often one of its scale sets has been looked at. */
function watchedFleet(): { readonly fleet: BuildFleet; looks: number } {
  const watched = {
    looks: 0,
    fleet: (now: number, operationSeconds: number) => {
      const state = generatedFleet(size)(now, operationSeconds);
      const { scaleSets } = state;
      const get = scaleSets.get.bind(scaleSets);
      scaleSets.get = (key) => {
        watched.looks += 1;
        return get(key);
      };
      return state;
    },
  };
  return watched;
}

test("a request looks at no scale set that nothing is due for, whatever was published", async () => {
  const watched = watchedFleet();
  const lab = createLab({ fleet: watched.fleet });
  const looksOf = async (path: string): Promise<number> => {
    const before = watched.looks;
    assert.equal((await lab.ask("GET", path)).status, 200);
    return watched.looks - before;
  };
  const list = `/subscriptions?${resources}`;
  assert.equal(await looksOf(list), 0);
  const image = { publisher: "Canonical", offer: "0001-com-ubuntu-server-jammy", sku: "22_04-lts-gen2" };
  await lab.ask("POST", "/sandbox/images", image);
  assert.ok((await looksOf(list)) > size.scaleSets, "each set is looked at when an image is published");
  const turns: number[] = [];
  for (let minute = 0; minute < 60; minute++) {
    await lab.advance("PT1M");
    await looksOf(list); // what has come due
    turns.push(await looksOf(list), await looksOf(list));
  }
  // What an upgrade has changed in a set is looked at once more, by the request that follows.
  const idle = turns.filter((_, index) => index % 2 === 1);
  assert.deepEqual([...new Set(idle)], [0]);
});
