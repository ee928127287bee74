import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEmptyPipeline, createPipelineRequest, type HttpMethods } from "@azure/core-rest-pipeline";
import { ApiVersions } from "../../../../src/azure/http/apiVersions.ts";
import { answer, recordingLog } from "../support.ts";

const group = (name: string) => `https://management.example/subscriptions/s/resourceGroups/${name}`;
const set = (name: string, inGroup = "rg") =>
  `${group(inGroup)}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;

/** A cloud's refusal, as Resource Manager words it, with this list of what it knows. */
const refusal = (list: string) => ({
  error: {
    code: "NoRegisteredProviderFound",
    message: `No registered resource provider found for location 'westeurope' and API version 'x' for type 'virtualMachineScaleSets'. The supported api-versions are ${list}. The supported locations are 'westeurope'.`,
  },
});

/** A cloud that refuses versions as `listFor` says: with a list, or not at all. */
function cloud(listFor: (version: string) => string | undefined) {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(new ApiVersions(recordingLog().log).policy());
  const sent: string[] = [];
  const bodies: unknown[] = [];
  const ask = async (url: string, method: HttpMethods = "GET", body?: string): Promise<number> => {
    const request = createPipelineRequest({ url, method, ...(body !== undefined && { body }) });
    const { status } = await pipeline.sendRequest(
      {
        sendRequest: async (one) => {
          sent.push(one.url);
          bodies.push(one.body);
          const list = listFor(/api-version=([^&]+)/.exec(one.url)?.[1] ?? "");
          return list === undefined ? answer(one, 200, {}) : answer(one, 400, refusal(list));
        },
      },
      request,
    );
    assert.equal(request.url, url, "what is sent again from further out begins with what was meant");
    assert.equal(request.body, body, "and with all of its body");
    return status;
  };
  return { ask, sent, bodies };
}

const onlyOlder = (list: string) => (version: string) => (version === "2026-04-01" ? list : undefined);

describe("a cloud that knows only older versions", () => {
  for (const list of [
    "'2024-07-01, 2023-09-01'",
    "'2024-07-01,2023-09-01 '",
    "'2023-09-01 ,\n 2024-07-01'",
    " '2024-11-01-preview, 2024-07-01'",
  ]) {
    it(`is heard with a list in this form: ${JSON.stringify(list)}`, async () => {
      const { ask, sent } = cloud(onlyOlder(list));
      assert.equal(await ask(`${set("a")}?api-version=2026-04-01`), 200);
      assert.deepEqual(sent, [`${set("a")}?api-version=2026-04-01`, `${set("a")}?api-version=2024-07-01`]);
    });
  }

  for (const named of [set("operations"), set("a", "operations"), `${set("operations")}/virtualMachines`]) {
    it(`is heard about what is named like an operation: ${named.slice(group("").length)}`, async () => {
      const { ask } = cloud(onlyOlder("'2024-07-01'"));
      assert.equal(await ask(`${named}?api-version=2026-04-01`), 200);
    });
  }

  it("leaves an operation's signed link as it is", async () => {
    const { ask, sent } = cloud(onlyOlder("'2024-07-01'"));
    await ask(`${set("a")}?api-version=2026-04-01`);
    const place = "https://management.example/subscriptions/s/providers/Microsoft.Compute";
    for (const link of [
      `${place}/locations/westeurope/operations/1?p=2&api-version=2026-04-01&t=3&s=4`,
      `${place}/operations/1?api-version=2026-04-01&s=4`,
      "https://management.example/subscriptions/s/operationresults/1?api-version=2026-04-01&s=4",
    ]) {
      await ask(link);
      assert.equal(sent.at(-1), link);
    }
  });

  it("ends where whatever is asked for is refused", async () => {
    const day = (version: string) => String(Number(version.slice(0, 4)) - 1);
    const { ask, sent } = cloud((version) => `'${day(version)}-01-01'`);
    assert.equal(await ask(`${set("a")}?api-version=2026-04-01`, "PUT", "{}"), 400);
    assert.equal(sent.length, 4);
  });

  it("gets a body without what its version lacks, and the whole one is kept for a repeat", async () => {
    const { ask, bodies } = cloud(onlyOlder("'2022-03-01'"));
    const rollingUpgradePolicy = { maxSurge: true, maxBatchInstancePercent: 10 };
    const body = JSON.stringify({ properties: { upgradePolicy: { rollingUpgradePolicy } } });
    assert.equal(await ask(`${set("a")}?api-version=2026-04-01`, "PUT", body), 200);
    assert.deepEqual(bodies, [body, body.replace('"maxSurge":true,', "")]);
  });
});
