import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { at, isObject, textAt } from "../../src/core/resources/json.ts";
import { sandboxEndpoint } from "../../src/sandbox/sandbox.ts";
import { credential, recordedSandbox } from "./support/recorder.ts";

function lab() {
  const { sandbox, httpClient, exchanges } = recordedSandbox();
  const client = new ResourceGraphClient(credential, {
    endpoint: sandboxEndpoint,
    httpClient,
    retryOptions: { maxRetries: 0 },
  });
  const subscriptions = sandbox.subscriptions().map(({ subscriptionId }) => subscriptionId);
  const wire = (): unknown => JSON.parse(exchanges.at(-1)?.body ?? "null");
  return { client, subscriptions, wire, exchanges };
}

const assignments =
  "maintenanceresources | where type =~ 'microsoft.maintenance/configurationassignments' | project id, name, properties | order by id asc";

describe("Resource Graph as the SDK reads it from the sandbox", () => {
  it("loses and misnames nothing of an answer", async () => {
    const { client, subscriptions, wire } = lab();
    const model = await client.resources({ query: assignments, subscriptions });
    assert.deepEqual(
      Object.entries(model)
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name)
        .toSorted(),
      ["count", "data", "facets", "resultTruncated", "totalRecords"],
    );
    assert.deepEqual({ ...model }, { ...(wire() as object), skipToken: undefined });
  });

  it("tells of each assignment the resource and the configuration", async () => {
    const { client, subscriptions } = lab();
    const { data } = await client.resources({ query: assignments, subscriptions });
    assert.ok(Array.isArray(data) && data.length > 10);
    for (const row of data as unknown[]) {
      assert.match(textAt(row, "properties", "resourceId") ?? "", /\/virtualmachinescalesets\/[^/]+$/i);
      assert.match(
        textAt(row, "properties", "maintenanceConfigurationId") ?? "",
        /\/maintenanceconfigurations\/[^/]+$/i,
      );
    }
  });

  it("pages by the token, renamed on its way, until every row has come once", async () => {
    const { client, subscriptions, wire, exchanges } = lab();
    const whole = await client.resources({ query: assignments, subscriptions });
    const rows: unknown[] = [];
    let skipToken: string | undefined;
    do {
      const page = await client.resources({
        query: assignments,
        subscriptions,
        options: { top: 4, ...(skipToken !== undefined && { skipToken }) },
      });
      assert.equal(page.skipToken, textAt(wire(), "$skipToken"));
      const sent: unknown = JSON.parse(exchanges.at(-1)?.requestBody ?? "null");
      assert.equal(at(sent, "options", "$top"), 4);
      assert.equal(at(sent, "options", "$skipToken"), skipToken);
      rows.push(...(page.data as unknown[]));
      skipToken = page.skipToken;
    } while (skipToken !== undefined);
    assert.deepEqual(rows, whole.data);
    assert.equal(rows.length, whole.totalRecords);
  });

  it("gives errors that the SDK reads", async () => {
    const { client, subscriptions } = lab();
    const error: unknown = await client
      .resources({ query: "resources | wher x", subscriptions })
      .catch((reason: unknown) => reason);
    assert.ok(isObject(error));
    assert.equal(at(error, "statusCode"), 400);
    assert.equal(at(error, "code"), "BadRequest");
  });
});
