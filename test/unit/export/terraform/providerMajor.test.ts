import assert from "node:assert/strict";
import { test } from "node:test";
import { providerMajor } from "../../../../src/export/terraform/providerMajor.ts";

const lock = (version: string) => ({
  name: "infra/.terraform.lock.hcl",
  text: `# This file is maintained automatically.\nprovider "registry.terraform.io/hashicorp/azurerm" {\n  version     = "${version}"\n  constraints = ">= 4.0.0"\n}\n`,
});
const required = (version: string, source = "hashicorp/azurerm") => ({
  name: "main.tf",
  text: `terraform {
  required_providers {
    random = { source = "hashicorp/random", version = "~> 4.0" }
    azurerm = {
      source  = "${source}" # not "other/azurerm"
      version = "${version}"
    }
  }
}
`,
});

test("a constraint that only one major meets decides, also where the minor or several bounds say it", () => {
  const decided = [
    ["~> 4.0", 4],
    ["~>4.1.2", 4],
    ["4.81.0", 4],
    ["= 5.2.0", 5],
    [">= 4.0, < 5.0.0", 4],
    [">= 3.0, <= 4.90", 4],
    ["> 4.99, >= 5.0", 5],
    [">= 5", 5],
    ["~> 5", 5],
    ["< 5, != 4.3.0", 4],
  ] as const;
  for (const [constraint, major] of decided)
    assert.equal(providerMajor([required(constraint)]), major, constraint);
});

test("a constraint that leaves both or neither, and none at all, decides nothing", () => {
  for (const constraint of [">= 4.0", "~> 4", "~> 3.0", "!= 4.1.0", "", "latest"])
    assert.equal(providerMajor([required(constraint)]), undefined, constraint);
  assert.equal(providerMajor([]), undefined);
  assert.equal(providerMajor([{ name: "main.tf", text: 'resource "azurerm_subnet" "a" {}' }]), undefined);
});

test("the lock file says more than what modules require, and modules that differ leave the choice", () => {
  assert.equal(providerMajor([required(">= 4.0"), lock("5.2.0")]), 5);
  assert.equal(providerMajor([required("~> 4.0"), required("~> 5.0")]), undefined);
  assert.equal(providerMajor([lock("4.1.0"), lock("5.1.0")]), undefined);
  assert.equal(providerMajor([required(">= 4.0"), required("~> 5.1")]), 5);
});

test("what stands in a comment or is another's provider is not taken for it", () => {
  const { name, text } = required("~> 4.0");
  const commented = text.replaceAll(/^/gm, "# ");
  assert.equal(providerMajor([{ name, text: commented }]), undefined);
  assert.equal(providerMajor([{ name, text: `/* ${text} */` }, required("~> 5.0")]), 5);
  assert.equal(providerMajor([required("~> 4.0", "contoso/azurerm")]), undefined);
  assert.equal(providerMajor([required("~> 4.0", "registry.terraform.io/hashicorp/azurerm")]), 4);
});
