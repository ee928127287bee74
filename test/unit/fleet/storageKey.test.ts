import assert from "node:assert/strict";
import { test } from "node:test";
import { storageKey } from "../../../src/fleet/storageKey.ts";

test("a key names the host and tells accounts apart without naming them", () => {
  const key = storageKey("https://management.azure.com", "megan@contoso.com");
  assert.match(key, /^management\.azure\.com-[0-9a-f]{16}$/);
  assert.equal(key, storageKey("https://management.azure.com/", "megan@contoso.com"));
  assert.notEqual(key, storageKey("https://management.azure.com", "adele@contoso.com"));
  assert.notEqual(key, storageKey("https://management.chinacloudapi.cn", "megan@contoso.com"));
});

test("of the served sandbox there is one for each address, fit for a file's name", () => {
  assert.equal(storageKey("https://localhost:8443", undefined), "localhost-8443-sandbox");
});
