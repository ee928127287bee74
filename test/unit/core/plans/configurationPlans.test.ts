import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  editedConfiguration,
  updateConfiguration,
} from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import { sameConfiguration } from "../../../../src/core/plans/kinds/configuration.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";

const id =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/nightly";
const readOnly = { id, name: "nightly", type: "Microsoft.Maintenance/x", systemData: { createdBy: "me" } };
const anyObject = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true })
  .map((json) => JSON.parse(JSON.stringify(json)) as JsonObject);

describe("the body of an edit", () => {
  it("is the whole resource but for what only Azure writes, whatever it holds", () => {
    fc.assert(
      fc.property(anyObject, anyObject, anyObject, (top, properties, tags) => {
        const writable = { ...top, location: "westeurope", tags, properties };
        const resource = { ...writable, ...readOnly };
        const { id: _i, name: _n, type: _t, systemData: _s, ...rest } = writable as JsonObject;
        assert.deepEqual(editedConfiguration(resource, {}), rest);
      }),
    );
  });

  it("differs in nothing but what was edited", () => {
    fc.assert(
      fc.property(anyObject, anyObject, anyObject, (properties, maintenanceWindow, tags) => {
        const resource = {
          ...readOnly,
          location: "westeurope",
          tags: { ...tags, Owner: "ops" },
          properties: { ...properties, maintenanceWindow },
        };
        const edits = {
          window: { duration: "06:00", expiry: undefined },
          tags: { OWNER: undefined, "a:b": "c" },
        };
        const { expiry: _, ...window } = maintenanceWindow;
        const { owner: _owner, ...others } = tags;
        assert.deepEqual(editedConfiguration(resource, edits), {
          location: "westeurope",
          tags: { ...others, "a:b": "c" },
          properties: { ...properties, maintenanceWindow: { ...window, duration: "06:00" } },
        });
      }),
    );
  });

  it("leaves out what Azure was recorded to add to a configuration, and keeps what nobody knows", () => {
    const own = {
      extensionProperties: {},
      maintenanceScope: "OSImage",
      somethingNew: { a: [1] },
      visibility: "Custom",
    };
    const maintenanceWindow = { duration: "05:00", recurEvery: "1Days", expirationDateTime: null };
    const read = {
      ...readOnly,
      id: id.replace(
        "Microsoft.Maintenance/maintenanceConfigurations",
        "microsoft.maintenance/maintenanceconfigurations",
      ),
      location: "westeurope",
      tags: {},
      properties: { ...own, maintenanceWindow, configurationType: "Regular" },
    };
    const edited = { ...maintenanceWindow, duration: "06:00" };
    const after = { location: "westeurope", tags: {}, properties: { ...own, maintenanceWindow: edited } };
    assert.deepEqual(editedConfiguration(read, { window: { duration: "06:00" } }), after);
  });

  it("makes a window, properties and tags where there were none", () => {
    assert.deepEqual(editedConfiguration({ id }, { window: { recurEvery: "Day" }, tags: { a: "b" } }), {
      properties: { maintenanceWindow: { recurEvery: "Day" } },
      tags: { a: "b" },
    });
  });
});

describe("two reads of a configuration", () => {
  const resource = {
    ...readOnly,
    location: "westeurope",
    tags: { a: "1" },
    properties: { list: [{ x: 1 }], n: null },
  };

  it("are the same whoever wrote last, in whatever order the members come, with null and {} for nothing", () => {
    const { tags, properties, ...rest } = resource;
    assert.ok(sameConfiguration(resource, { properties: { list: properties.list }, ...rest, tags }));
    assert.ok(sameConfiguration(resource, { ...resource, systemData: { createdBy: "you" } }));
    assert.ok(sameConfiguration({ id }, { id, tags: {} }));
    assert.ok(sameConfiguration({ id, tags: null }, { id }));
  });

  it("differ where any value does", () => {
    for (const other of [
      { ...resource, tags: { a: "2" } },
      { ...resource, tags: {} },
      { ...resource, tags: { a: "1", b: "" } },
      { ...resource, properties: { list: [{ x: 2 }] } },
      { ...resource, properties: { list: [] } },
      { ...resource, properties: { list: {} } },
      { ...resource, location: "northeurope" },
      { ...resource, unknown: false },
    ]) {
      assert.equal(sameConfiguration(resource, other), false, JSON.stringify(other));
      assert.equal(sameConfiguration(other, resource), false, JSON.stringify(other));
    }
  });
});

it("an edit says what it does in the words of the flow that makes it", () => {
  const change = updateConfiguration({ id }, {});
  assert.deepEqual([change.id, change.target], [`updateConfiguration:${id.toLowerCase()}`, id]);
  assert.equal(inEnglish(change.title), "Change maintenance configuration nightly");
  assert.equal(inEnglish(updateConfiguration({ id }, {}, message("Pause it")).title), "Pause it");
});
