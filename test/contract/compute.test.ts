import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ComputeManagementClient } from "@azure/arm-compute";
import { arrayAt, at, isObject, textAt } from "../../src/core/resources/json.ts";
import { sandboxEndpoint } from "../../src/sandbox/sandbox.ts";
import { differences } from "./support/model.ts";
import { credential, recordedSandbox } from "./support/recorder.ts";

const production = "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";
const shared = "4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002";
const web = "rg-web-prod-weu";

/** The SDK's client over a sandbox, and the wire's body of its last answer. */
function lab(subscriptionId = production) {
  const recorded = recordedSandbox();
  const { httpClient } = recorded;
  const client = new ComputeManagementClient(credential, subscriptionId, {
    endpoint: sandboxEndpoint,
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
  const wire = (): unknown => JSON.parse(recorded.exchanges.at(-1)?.body ?? "null");
  return { ...recorded, client, wire };
}

async function drained<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

/**
 * Members that the sandbox answers with and that the SDK does not know. `managedBy` is of Resource Manager's common envelope, which any
 * resource may have (https://github.com/Azure/azure-resource-manager-rpc/blob/master/v1.0/resource-api-reference.md); Compute's own
 * contract does not repeat it.
 */
const unknownOfScaleSet: readonly string[] = ["- .managedBy"];

/** Image versions come with the size of their disk, of which the published model knows nothing. */
const unknownOfVersion: readonly string[] = ["- .properties.osDiskImage.sizeInGb"];

describe("Microsoft.Compute as the SDK reads it from the sandbox", () => {
  it("loses and misnames nothing of any scale set of the fleet", async (context) => {
    const { sandbox } = recordedSandbox();
    let compared = 0;
    const found = new Set<string>();
    for (const { subscriptionId } of sandbox.subscriptions()) {
      const { client, wire } = lab(subscriptionId);
      const models = await drained(client.virtualMachineScaleSets.listAll());
      const resources = arrayAt(wire(), "value");
      assert.equal(models.length, resources.length);
      for (const [index, resource] of resources.entries()) {
        // The two that are malformed by intention are for the extension's own readers.
        if (
          !isObject(resource) ||
          textAt(resource, "name") === undefined ||
          !isObject(resource["properties"])
        )
          continue;
        compared++;
        for (const difference of differences(resource, models[index])) found.add(difference);
      }
    }
    assert.deepEqual([...found].toSorted(), unknownOfScaleSet);
    assert.ok(compared >= 24, `only ${compared} were compared`);
    context.diagnostic(`${compared} scale sets compared with the SDK's models`);
  });

  it("loses nothing of one set, of its instance view, its upgrades, its instances and the versions of its image", async () => {
    const { client, wire } = lab();
    const { virtualMachineScaleSets: sets } = client;
    const answers = {
      get: () => sets.get(web, "vmss-api-prod"),
      instanceView: () => sets.getInstanceView(web, "vmss-api-prod"),
      rollingUpgrade: () => client.virtualMachineScaleSetRollingUpgrades.getLatest(web, "vmss-api-prod"),
      version: async () => {
        const [latest] = await client.virtualMachineImages.list(
          "westeurope",
          "Canonical",
          "0001-com-ubuntu-server-jammy",
          "22_04-lts-gen2",
          { orderby: "name desc", top: 1 },
        );
        return client.virtualMachineImages.get(
          "westeurope",
          "Canonical",
          "0001-com-ubuntu-server-jammy",
          "22_04-lts-gen2",
          latest?.name ?? "",
        );
      },
    };
    for (const [name, answer] of Object.entries(answers)) {
      const model = await answer();
      assert.deepEqual(differences(wire(), model), name === "version" ? unknownOfVersion : [], name);
    }
    const upgrades = await drained(sets.listOSUpgradeHistory(web, "vmss-api-prod"));
    assert.ok(upgrades.length > 0);
    assert.deepEqual(differences(at(wire(), "value"), upgrades), [], "upgrade history");
    const instances = await drained(client.virtualMachineScaleSetVMs.list(web, "vmss-api-prod"));
    assert.ok(instances.length > 0);
    assert.deepEqual(differences(at(wire(), "value"), instances), [], "instances");
  });

  it("loses nothing of the virtual machines of a Flexible set, and of the list that names them", async () => {
    const { client, wire } = lab(shared);
    const group = "rg-build-shared";
    const listed = await drained(client.virtualMachineScaleSetVMs.list(group, "vmss-jumphosts"));
    assert.ok(listed.length > 0);
    assert.deepEqual(differences(at(wire(), "value"), listed), []);
    const [name = ""] = listed.map((one) => one.name ?? "");
    const machine = await client.virtualMachines.get(group, name, { expand: "instanceView" });
    assert.equal(machine.instanceView?.vmHealth?.status?.code, "HealthState/healthy");
    assert.deepEqual(differences(wire(), machine), []);
    const view = await client.virtualMachines.instanceView(group, name);
    assert.deepEqual(differences(wire(), view), []);
  });

  it("changes what the PATCH names and what goes with it, and follows the operation to its end", async () => {
    const { client, ask, exchanges } = lab();
    const path = `/subscriptions/${production}/resourceGroups/${web}/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-search-prod?api-version=2026-04-01`;
    const before = JSON.parse((await ask("GET", path)).body) as object;
    exchanges.length = 0;
    const model = await client.virtualMachineScaleSets.update(web, "vmss-search-prod", {
      upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
    });
    const [patch, ...polls] = exchanges;
    assert.equal(
      patch?.requestBody,
      '{"properties":{"upgradePolicy":{"automaticOSUpgradePolicy":{"enableAutomaticOSUpgrade":true}}}}',
    );
    assert.ok(polls.length > 0, "the operation was not followed");
    const after = JSON.parse((await ask("GET", path)).body) as object;
    assert.deepEqual(differences(after, model), []);
    assert.equal(
      at(after, "properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"),
      true,
    );
    const changed = differences(before, after).filter((path) => !/timeCreated|etag|systemData/.test(path));
    assert.deepEqual(changed, [
      "≠ .properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
      // The service fills it in once upgrades are on.
      "+ .properties.upgradePolicy.rollingUpgradePolicy",
    ]);
  });

  it("gives errors that the SDK reads with code and message", async () => {
    const { client } = lab();
    await assert.rejects(client.virtualMachineScaleSets.get(web, "vmss-not-there"), {
      name: "RestError",
      statusCode: 404,
      code: "ResourceNotFound",
      message: /vmss-not-there/,
    });
  });
});

describe("the comparison of wire and model tells when", () => {
  const wire = { name: "a", properties: { when: "2026-11-01T05:00:00Z", list: [{ n: 1 }, { n: 2 }] } };
  const model = () => ({ name: "a", when: new Date("2026-11-01T05:00:00Z"), list: [{ n: 1 }, { n: 2 }] });
  const faults: Record<string, readonly [change: object, expected: string[]]> = {
    "nothing is wrong": [{}, []],
    "a member is lost": [{ name: undefined }, ["- .name"]],
    "a flattened member is lost": [{ when: undefined }, ["- .properties.when"]],
    "a member is misnamed": [{ name: undefined, nam: "a" }, ["- .name", "+ .nam"]],
    "a value is another": [{ name: "b" }, ["≠ .name"]],
    "a date is another": [{ when: new Date(0) }, ["≠ .properties.when"]],
    "an item is lost": [{ list: [{ n: 1 }] }, ["≠ .properties.list"]],
    "a member of an item is lost": [{ list: [{ n: 1 }, {}] }, ["- .properties.list[].n"]],
    "a member comes from nowhere": [{ more: 1 }, ["+ .more"]],
  };
  for (const [fault, [change, expected]] of Object.entries(faults)) {
    it(fault, () =>
      assert.deepEqual(differences(wire, { ...model(), ...change }).toSorted(), expected.toSorted()),
    );
  }
});
