import assert from "node:assert/strict";
import { test } from "node:test";
import { searching, searchingConfigurations } from "../../../../src/fleet/snapshot/search.ts";
import type { ConfigurationRecord, ScaleSetRecord } from "../../../../src/fleet/snapshot/snapshot.ts";
import * as fake from "../fakes.ts";

const { snapshot } = await fake.readStore();
const web = [...snapshot.scaleSets.values()].find(({ name }) => name === "web") as ScaleSetRecord;
const weekly = [...snapshot.configurations.values()][0] as ConfigurationRecord;
const tagged: ScaleSetRecord = {
  ...web,
  resourceGroup: "rg-Shop",
  resource: { ...web.resource, tags: { Team: "Checkout", owner: "a:b" } },
};

test("finds words in the name, the resource group, the image, and tags as name:value", () => {
  for (const text of ["WEB", "shop", "canonical", "ubuntu server", "team:check", "owner:a:b"])
    assert.ok(searching(text)(tagged), text);
});

test("finds only what has every word", () => {
  assert.ok(searching(" web  checkout ")(tagged));
  assert.ok(!searching("web payments")(tagged));
});

test("does not find a word across two fields, nor what only the id has", () => {
  assert.ok(!searching("webrg-shop")(tagged));
  assert.ok(!searching("virtualMachineScaleSets")(tagged));
});

test("takes no sign for more than itself", () => {
  for (const text of [".*", "web|api", "(", "\\"]) assert.ok(!searching(text)(tagged), text);
});

test("lets all through without a word", () => {
  for (const text of ["", "  \t"]) assert.ok(searching(text)(web));
});

test("finds configurations by name, resource group and tags", () => {
  const own = { ...weekly, resource: { ...weekly.resource, tags: { env: "prod" } } };
  for (const text of ["weekly", "rg", "env:prod", "week prod"])
    assert.ok(searchingConfigurations(text)(own), text);
  assert.ok(!searchingConfigurations("canonical")(own));
});
