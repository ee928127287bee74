import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Readable } from "node:stream";
import { createEmptyPipeline, createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { inflationPolicy } from "../../../../src/azure/http/inflation.ts";
import { ResourceGraph } from "../../../../src/azure/inventory/resourceGraph.ts";

/** An answer with one row, as it stands on the wire. */
const bodyOf = (name: string) =>
  JSON.stringify({ totalRecords: 1, data: { columns: [{ name: "name" }], rows: [[name]] } });

test("answers have the same digest when they are the same word for word, compressed or not, and no others", async () => {
  const said = [bodyOf("Zürich"), bodyOf("Zürich"), bodyOf("Zurich"), bodyOf("Zürich")];
  let call = 0;
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const text = said[call++] ?? assert.fail("asked once more");
      if (call === said.length)
        return { request, status: 200, headers: createHttpHeaders(), bodyAsText: text };
      const headers = createHttpHeaders({ "content-encoding": "gzip" });
      // However well it was compressed.
      const body = Readable.from([gzipSync(text, { level: call })]);
      return { request, status: 200, headers, readableStreamBody: body };
    },
  };
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(inflationPolicy);
  const graph = new ResourceGraph({ endpoint: "https://example.invalid", pipeline, httpClient });
  const question = { query: "resources", subscriptions: [], top: 1, from: 0 };
  const answers = [];
  for (const _ of said) answers.push(await graph.query(question, new AbortController().signal));
  const [first, again, other, plain] = answers.map(({ digest }) => digest);
  assert.equal(first, again);
  assert.equal(first, plain);
  assert.notEqual(first, other);
  assert.deepEqual(answers[0]?.page().rows, [["Zürich"]]);
});
