import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { startListening } from "../../scripts/vscode/listening.ts";

/** Stands for VS Code's server, which listens before it reads the token's file, and notes what it was given and what the file was like. */
const standIn = `
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
const [, , report, option, file] = process.argv;
const server = createServer((request, response) => {
  const seen = { asked: request.url, option, file, mode: statSync(file).mode & 0o777, token: readFileSync(file, "utf8") };
  writeFileSync(report, JSON.stringify(seen));
  response.end();
});
server.listen(0, "127.0.0.1", () => console.log("Extension host agent listening on " + server.address().port));
`;

/** The command lines of all processes, as any account can read them. */
const commandLines = (): readonly string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(join("/proc", pid, "cmdline"), "utf8");
      } catch {
        return ""; // It has ended meanwhile.
      }
    });

test("the server gets its token in a file of this account alone, which is gone once it has read it, and on no command line", async () => {
  await using scratch = scratchFolder("token-test");
  const [program, report] = [join(scratch.path, "server.mjs"), join(scratch.path, "report.json")];
  writeFileSync(program, standIn);
  const { server, token } = await startListening([program, report], scratch.path, process.env);
  await using _ = server;
  const seen = JSON.parse(readFileSync(report, "utf8"));
  assert.deepEqual([seen.asked, seen.token], ["/version", token]);
  assert.match(token, /^[0-9a-f]{32}$/);
  assert.equal(seen.option, "--connection-token-file");
  assert.ok(!existsSync(seen.file));
  assert.deepEqual(
    server.child.spawnargs.filter((argument) => argument.includes(token)),
    [],
  );
  if (process.platform === "win32") return; // Its modes are not those of POSIX.
  assert.equal(seen.mode, 0o600);
  assert.equal(statSync(scratch.path).mode & 0o777, 0o700);
  if (process.platform !== "linux") return; // Elsewhere there is no /proc.
  const lines = commandLines();
  assert.ok(lines.some((line) => line.includes(program)));
  assert.deepEqual(
    lines.filter((line) => line.includes(token)),
    [],
  );
});

for (const [when, program] of Object.entries({
  "as it starts": `console.error("No room."); process.exit(1);`,
  "when it is asked": `
import { createServer } from "node:http";
const server = createServer(() => {
  console.error("No room.");
  process.exit(1);
});
server.listen(0, "127.0.0.1", () => console.log("Extension host agent listening on " + server.address().port));`,
})) {
  test(`a server that fails ${when} is told with its own words, and leaves no file`, async () => {
    await using scratch = scratchFolder("token-test");
    const file = join(scratch.path, "server.mjs");
    writeFileSync(file, program);
    const starting = async () => {
      await using _ = (await startListening([file], scratch.path, process.env)).server;
    };
    await assert.rejects(starting, /No room\./);
    assert.deepEqual(readdirSync(scratch.path), ["server.mjs"]);
  });
}
