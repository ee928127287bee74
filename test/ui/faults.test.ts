import assert from "node:assert/strict";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

async function order(...faults: readonly unknown[]): Promise<void> {
  const { status, body } = await ask(shared().sandbox, "POST", "/sandbox/faults", faults);
  assert.equal(status, 204, JSON.stringify(body));
}

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly status?: number;
}

const requests = async (method: string, path: RegExp): Promise<readonly Recorded[]> => {
  const { value } = await get<{ value: readonly Recorded[] }>(shared().sandbox, "/sandbox/requests");
  return value.filter((request) => request.method === method && path.test(request.path));
};

/** Takes the wizard to its end: the plan is applied when this returns, but not done. */
async function enable(scaleSet: string): Promise<void> {
  const { workbench } = shared();
  const { quickInput } = workbench;
  await workbench.run("Scale Set Maintenance: Enable Automatic OS Upgrades");
  await quickInput.step("Choose scale sets");
  await quickInput.pickMany([scaleSet]);
  await quickInput.step("Review");
  await quickInput.apply(/\b1 change\b/, "Turn On");
}

test("a list that cannot be read is one row that says so; what else there is shows, and Refresh brings it back", async () => {
  await shared().startOver();
  const { workbench, sandbox, tree, refresh, picture } = shared();
  const production = sandbox.subscriptions.find(({ displayName }) => displayName === "Contoso Production");
  await order(
    {
      match: { path: "/providers/Microsoft.ResourceGraph/resources" },
      times: "always",
      do: { status: 403, body: { error: { code: "AuthorizationFailed", message: "Not yours to ask." } } },
    },
    {
      match: {
        path: `${production?.subscriptionId}/providers/Microsoft.Maintenance/maintenanceConfigurations`,
      },
      times: "always",
      do: { status: 400, body: { Message: "Not now." } },
    },
  );
  await refresh(() => workbench.viewAction("Refresh"));
  await tree.expandPath("Contoso Production", "Maintenance configurations");
  await tree.row(/listed without Resource Graph/);
  await tree.row("Couldn't load maintenance configurations");
  await picture("list-that-cannot-be-read");
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.row(/vmss-web-prod, Scheduled/);
  await ask(sandbox, "DELETE", "/sandbox/faults");
  await workbench.viewAction("Refresh");
  await tree.row("mc-web-until-migration");
  await eventually(async () => {
    const rows = (await tree.rows()).map(({ name }) => name);
    assert.deepEqual(
      rows.filter((name) => /Couldn't load|without Resource Graph/.test(name)),
      [],
    );
  });
});

test("while Azure asks to wait the notification says for how long, and then the plan goes on", async () => {
  const { workbench, startOver, picture } = shared();
  await startOver();
  await order({ match: { method: "PATCH" }, do: { status: 429, headers: { "retry-after": "8" } } });
  await enable("vmss-cache-prod");
  await workbench.toast(/Azure asks to wait \d s/);
  await picture("azure-asks-to-wait");
  await workbench.toast("1 change done");
  assert.deepEqual(
    (await requests("PATCH", /vmss-cache-prod$/)).map(({ status }) => status),
    [429, 200],
  );
  await workbench.clearToasts();
});

test("the window is reloaded during a long operation: the next one follows it and says how it ended", async () => {
  const { workbench, sandbox, tree, startOver } = shared();
  await startOver();
  const running = { status: 200, headers: { "retry-after": "1" }, body: { status: "InProgress" } };
  await order({ match: { method: "GET", path: "/operations/" }, times: "always", do: running });
  await enable("vmss-worker-prod");
  await eventually(async () => assert.ok((await requests("GET", /\/operations\//)).length > 1));
  await workbench.page.reload();
  await workbench.openContainer("Scale Set Maintenance");
  assert.match(await workbench.toast("1 change done"), /^Sandbox: /);
  assert.equal((await requests("PATCH", /vmss-worker-prod$/)).length, 1);
  await ask(sandbox, "DELETE", "/sandbox/faults");
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.row(/vmss-worker-prod, No window/);
});

test("after all that no log and nothing that VS Code keeps has a token, a header or a signed address", async () => {
  const { workbench, sandbox } = shared();
  const operations = await requests("GET", /\/operations\//);
  assert.ok(operations.length > 0);
  const files = globSync(
    join(workbench.server.folder, "data/{logs,User/globalStorage,User/workspaceStorage}/**"),
  )
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, "utf8"));
  const kept = [...files, await workbench.storage()];
  assert.ok(
    files.some((text) => text.includes("/operations/")),
    "the log tells of operations",
  );
  assert.ok(kept.at(-1)?.includes("scale-set-maintenance"), "the storage has the extension's part");
  for (const text of kept) {
    assert.doesNotMatch(text, /authorization["':]|bearer /i);
    assert.doesNotMatch(text, /\/operations\/[^\s"]*[?&]/);
    assert.ok(!text.replaceAll(`#${sandbox.token}`, "").includes(sandbox.token), "a token");
  }
});
