import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ComputeManagementClient } from "@azure/arm-compute";
import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { arrayAt, isObject, textAt, type JsonObject } from "../../src/core/resources/json.ts";
import { exportPlan } from "../../src/export/code/exportPlan.ts";
import { sandboxEndpoint } from "../../src/sandbox/sandbox.ts";
import { context, planOfEveryKind, subscriptionB } from "../support/declaredPlans.ts";
import { blocksIn, terraformOf } from "../support/hcl.ts";
import { contractFiles, loadDocuments, missing } from "./support/openapi.ts";
import { differences } from "./support/model.ts";
import { credential } from "./support/recorder.ts";
import { Schemas } from "./support/schemas.ts";

/** A resource in exported code, without what only the language needs. */
interface Exported {
  readonly type: string;
  readonly body: JsonObject;
}

/** What a template of ARM deploys into resource groups. */
async function ofTemplate(): Promise<readonly Exported[]> {
  const [file] = await exportPlan("arm", planOfEveryKind(), context);
  const template: unknown = JSON.parse(file?.text ?? "");
  return arrayAt(template, "resources").flatMap((deployment) =>
    arrayAt(deployment, "properties", "template", "resources")
      .filter(isObject)
      .map(({ type, apiVersion: _version, name: _name, scope: _scope, ...body }) => ({
        type: String(type as unknown),
        body,
      })),
  );
}

/** What azapi sends. References to what is in the file are texts, as ids are. */
async function ofAzapi(): Promise<readonly Exported[]> {
  const [file] = await exportPlan("azapi", planOfEveryKind(), context);
  return blocksIn(await terraformOf(file?.text ?? ""), "resource").flatMap(
    ([, { type, location, tags, body }]) => {
      if (!isObject(body)) return [];
      const [name = ""] = (textAt({ type }, "type") ?? "").split("@");
      const given = {
        ...(location !== undefined && { location }),
        ...(tags !== undefined && { tags }),
        ...body,
      };
      return [{ type: name, body: given }];
    },
  );
}

const definitions: Readonly<Record<string, string>> = {
  "Microsoft.Maintenance/maintenanceConfigurations": "MaintenanceConfiguration",
  "Microsoft.Maintenance/configurationAssignments": "ConfigurationAssignment",
};

const files = contractFiles();

describe("Bodies in exported code", () => {
  if (files.length === 0)
    it("can be compared with Microsoft.Maintenance's contract", { skip: missing }, () => {});
  else
    it("are requests by Microsoft.Maintenance's contract", async () => {
      const documents = loadDocuments(files);
      const schemas = new Schemas(documents);
      const base = [...documents.keys()].find((url) => url.includes("Maintenance")) ?? "";
      let compared = 0;
      for (const { type, body } of [...(await ofTemplate()), ...(await ofAzapi())]) {
        const definition = definitions[type];
        if (definition === undefined) continue;
        const schema = { $ref: `${base}#/definitions/${definition}` };
        assert.deepEqual(schemas.problems("request", base, schema, body), [], type);
        const wrong = { ...body, properties: { ...(body["properties"] as JsonObject), unheardOf: 1 } };
        assert.equal(schemas.problems("request", base, schema, wrong).length, 1);
        compared++;
      }
      assert.equal(compared, 6);
    });

  it("have only members that Microsoft.Compute's own client knows", async () => {
    let answer: JsonObject = {};
    const httpClient: HttpClient = {
      sendRequest: async (request) => ({
        request,
        status: 200,
        headers: createHttpHeaders({ "content-type": "application/json" }),
        bodyAsText: JSON.stringify(answer),
      }),
    };
    const options = { endpoint: sandboxEndpoint, httpClient };
    const client = new ComputeManagementClient(credential, subscriptionB, options);
    const read: Readonly<Record<string, () => Promise<object>>> = {
      "Microsoft.Compute/virtualMachineScaleSets": () => client.virtualMachineScaleSets.get("rg", "set"),
      "Microsoft.Compute/virtualMachineScaleSets/extensions": () =>
        client.virtualMachineScaleSetExtensions.get("rg", "set", "extension"),
    };
    let compared = 0;
    for (const { type, body } of [...(await ofTemplate()), ...(await ofAzapi())]) {
      const model = read[type];
      if (model === undefined) continue;
      answer = body;
      assert.deepEqual(
        differences(body, await model()).filter((path) => !path.startsWith("+")),
        [],
        type,
      );
      answer = { properties: { ...(body["properties"] as JsonObject), unheardOf: 1 } };
      assert.deepEqual(
        differences(answer, await model()).filter((path) => path.endsWith("unheardOf")).length,
        1,
      );
      compared++;
    }
    assert.equal(compared, 6);
  });
});
