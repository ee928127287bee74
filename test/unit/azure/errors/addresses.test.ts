import assert from "node:assert/strict";
import { test } from "node:test";
import { unreachedIn } from "../../../../src/azure/errors/addresses.ts";

test("the words of a sign-in that failed tell which host could not be reached, and why", () => {
  const words: Readonly<Record<string, unknown>> = {
    "request to https://login.invalid/t1/oauth2?x=1 failed, reason: getaddrinfo ENOTFOUND login.invalid": {
      host: "login.invalid",
      code: "ENOTFOUND",
    },
    "getaddrinfo EAI_AGAIN login.invalid": { host: "login.invalid", code: "EAI_AGAIN" },
    "http://me:password@proxy.invalid:8080 ECONNREFUSED": { host: "proxy.invalid", code: "ECONNREFUSED" },
    "socket hang up ECONNRESET": undefined,
    "https://login.invalid says no": undefined,
  };
  for (const [text, expected] of Object.entries(words)) assert.deepEqual(unreachedIn(text), expected, text);
});
