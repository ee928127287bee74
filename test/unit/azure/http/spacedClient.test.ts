import assert from "node:assert/strict";
import { test } from "node:test";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { spacedClient } from "../../../../src/azure/http/spacedClient.ts";

test("calls that are made at once begin in rounds of the event loop of their own, in their order", async () => {
  let [inRound, most, isOver] = [0, 0, false];
  const rounds = () => {
    inRound = 0;
    if (!isOver) setImmediate(rounds);
  };
  setImmediate(rounds);
  const begun: string[] = [];
  const client = spacedClient({
    sendRequest: async (request) => {
      most = Math.max(most, ++inRound);
      begun.push(request.url);
      return { request, status: 200, headers: createHttpHeaders() };
    },
  });
  const urls = ["https://one.invalid/", "https://two.invalid/", "https://three.invalid/"];
  const answers = await Promise.all(urls.map((url) => client.sendRequest(createPipelineRequest({ url }))));
  isOver = true;
  assert.deepEqual(begun, urls);
  assert.equal(most, 1);
  assert.deepEqual(
    answers.map(({ request }) => request.url),
    urls,
  );
});

test("a call says its protocol, and keeps what else is asked of the transport", async () => {
  const said: unknown[] = [];
  const client = spacedClient({
    sendRequest: async (request) => {
      said.push(request.requestOverrides);
      return { request, status: 200, headers: createHttpHeaders() };
    },
  });
  const requestOverrides = { headers: { "Accept-Encoding": "gzip" } };
  await client.sendRequest(createPipelineRequest({ url: "https://one.invalid/", requestOverrides }));
  await client.sendRequest(createPipelineRequest({ url: "http://two.invalid/" }));
  assert.deepEqual(said, [{ ...requestOverrides, protocol: "https:" }, { protocol: "http:" }]);
});
