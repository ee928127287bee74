import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { readSandboxAddress } from "../../../../src/commands/session/sandboxAddress.ts";

test("an address is an https URL with the token after #", () => {
  const read = readSandboxAddress(" https://127.0.0.1:8443/#s3cret+% ");
  assert.deepEqual(read, { endpoint: "https://127.0.0.1:8443", token: "s3cret+%" });
});

for (const [what, text, expected] of [
  ["no URL", "localhost 8443#s3cret", /is invalid: localhost 8443$/],
  ["plain http", "http://127.0.0.1:8443#s3cret", /is invalid: http:\/\/127\.0\.0\.1:8443$/],
  ["no token", "https://127.0.0.1:8443", /is invalid: https:\/\/127\.0\.0\.1:8443$/],
  ["an empty token", "https://127.0.0.1:8443/#", /is invalid: https:\/\/127\.0\.0\.1:8443\/$/],
] as const) {
  test(`${what}: the error names the setting, the value and what to write, and never the token`, () => {
    const read = readSandboxAddress(text);
    assert.ok("problem" in read);
    const { summary, wayOut } = read.problem;
    assert.match(inEnglish(summary), expected);
    assert.match(inEnglish(summary), /scaleSetMaintenance\.sandbox\.address/);
    assert.match(inEnglish(wayOut ?? summary), /npm run sandbox.*leave it empty/);
    assert.doesNotMatch(JSON.stringify(read.problem), /s3cret/);
  });
}
