import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  assignmentId,
  configurationId,
  distinctIds,
  idKey,
  isAssignmentId,
  isConfigurationId,
  isScaleSetId,
  nameOf,
  nameWithSet,
  parseId,
  resourceGroupId,
  sameId,
  subscriptionOf,
} from "../../../../src/core/resources/ids.ts";
import type { ScaleSetId } from "../../../../src/core/resources/ids.ts";

/** A segment of an id: anything that needs no escaping in a URL path. */
const segment = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._()-]{0,20}$/);
const subscription = fc.uuid();
const casing = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
);

const setId = (subscriptionId: string, group: string, name: string) =>
  `${resourceGroupId(subscriptionId, group)}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}` as ScaleSetId;

describe("ids", () => {
  it("parse into what they were composed of, in any casing", () => {
    fc.assert(
      fc.property(
        subscription,
        segment,
        segment,
        segment,
        casing,
        (subscriptionId, group, set, name, recase) => {
          const configuration = recase(configurationId(subscriptionId, group, name));
          assert.ok(
            isConfigurationId(configuration) &&
              !isScaleSetId(configuration) &&
              !isAssignmentId(configuration),
          );
          assert.deepEqual(parseId(configuration)?.names, [recase(name)]);
          assert.equal(parseId(configuration)?.resourceGroup, recase(group));
          assert.equal(parseId(configuration)?.scope, undefined, "only an extension resource has a scope");
          assert.equal(nameOf(configuration), recase(name));

          const scaleSet = setId(subscriptionId, group, set);
          assert.ok(isScaleSetId(recase(scaleSet)));
          const assignment = recase(assignmentId(scaleSet, name));
          assert.ok(isAssignmentId(assignment) && !isScaleSetId(assignment));
          assert.equal(parseId(assignment)?.scope, recase(scaleSet));
          assert.ok(sameId(assignment, assignmentId(scaleSet, name)));
          assert.equal(idKey(assignment), idKey(assignmentId(scaleSet, name)));
        },
      ),
    );
  });

  it("never take arbitrary text for a resource", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseId(text);
        assert.ok(parsed === undefined || text.trim().toLowerCase().startsWith("/subscriptions/"));
      }),
    );
  });

  const wrong = [
    "",
    "/",
    "rg-ops",
    "/subscriptions",
    "/subscriptions/",
    "/subscriptions/s/resourceGroups",
    "/subscriptions/s//resourceGroups/rg",
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute",
    "/subscriptions/s/resourceGroups/rg/virtualMachines/x",
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets",
    "https://management.azure.com/subscriptions/s/resourceGroups/rg",
    "/subscriptions/s/resourceGroups/../providers/Microsoft.Compute/virtualMachineScaleSets/web",
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/..",
    "/subscriptions/./resourceGroups/rg",
    "/subscriptions/s/resourceGroups/%2E%2e",
    "/subscriptions/s/resourceGroups/.%2e",
    "/subscriptions/s/resourceGroups/.\t.",
    String.raw`/subscriptions/s/resourceGroups/rg\..\..`,
    "/subscriptions/s/resourceGroups/rg?api-version=1",
    "/subscriptions/s/resourceGroups/rg#",
  ];
  for (const text of wrong) it(`has no parts for “${text}”`, () => assert.equal(parseId(text), undefined));

  it("lead to the address that they read as: no segment is a step elsewhere", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(".", "..", "%2e", "%2E.", "\t", "\\", "?", "#", "a", "..."), {
          minLength: 1,
          maxLength: 3,
        }),
        (parts) => {
          const id = resourceGroupId("s", parts.join(""));
          if (parseId(id) !== undefined)
            assert.equal(new URL(`https://arm.invalid${id}`).pathname.length, id.trim().length);
        },
      ),
    );
  });

  it("are read with space around them and a slash at the end, as people paste them", () => {
    assert.equal(parseId(" /subscriptions/s/resourceGroups/rg/ ")?.resourceGroup, "rg");
    assert.deepEqual(parseId("/subscriptions/s"), { subscriptionId: "s", types: [], names: [] });
  });

  it("name their subscription, in its casing, as taking them apart does", () => {
    const anything = fc.oneof(
      fc
        .tuple(subscription, segment, segment, casing)
        .map(([id, group, name, as]) => as(configurationId(id, group, name))),
      subscription.map((id) => `/subscriptions/${id}/`),
      fc.string(),
    );
    fc.assert(
      fc.property(anything, (id) => {
        const parsed = parseId(id);
        if (parsed !== undefined) assert.equal(subscriptionOf(id), parsed.subscriptionId);
      }),
    );
    assert.equal(subscriptionOf(" /Subscriptions/ABC/resourceGroups/rg"), "ABC");
    for (const text of ["", "a subscription", "/subscriptions/", "/resourceGroups/subscriptions/abc"])
      assert.equal(subscriptionOf(text), "", text);
  });

  it("that name the same are one, in the casing of the last and the order of the first", () => {
    assert.deepEqual(distinctIds(["/A/b", "/c", "/a/B"]), ["/a/B", "/c"]);
  });

  it("of nested resources keep every level", () => {
    const parsed = parseId(`${setId("s", "rg", "web")}/virtualMachines/0`);
    assert.deepEqual(parsed?.types, ["virtualMachineScaleSets", "virtualMachines"]);
    assert.deepEqual(parsed.names, ["web", "0"]);
  });

  it("name a group, a subscription, or the text itself", () => {
    assert.equal(nameOf("/subscriptions/s/resourceGroups/rg"), "rg");
    assert.equal(nameOf("/subscriptions/s"), "s");
    assert.equal(nameOf("not an id"), "not an id");
  });

  it("name an assignment with its scale set in lists, and all else by its own name", () => {
    const set = setId("s", "rg", "vmss-web");
    assert.equal(nameWithSet(assignmentId(set, "mc-nightly")), "vmss-web: mc-nightly");
    assert.equal(nameWithSet(set), "vmss-web");
  });
});
