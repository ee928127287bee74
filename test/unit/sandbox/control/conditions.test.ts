import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import {
  type Answer,
  configuration,
  createLab,
  type Lab,
  maintenance,
  production,
  resources,
  scaleSet,
  shared,
  staging,
} from "../support.ts";

const graph = (lab: Lab, token = lab.sandbox.token): Promise<Answer> =>
  lab.send(
    "POST",
    "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
    { authorization: `Bearer ${token}` },
    JSON.stringify({ query: "resources | count" }),
  );
const read = (lab: Lab, subscription = production) => lab.ask("GET", `${subscription}?${resources}`);
const times = async (count: number, ask: () => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let turn = 0; turn < count; turn++) answers.push(await ask());
  return answers;
};
const statuses = (answers: readonly Answer[]): number[] => [...new Set(answers.map(({ status }) => status))];
const throttled = createLab.bind(undefined, { conditions: { quotas: true } });

describe("Resource Graph's quota", () => {
  it("takes 15 queries of a user in 5 seconds, in all of her tenants together", async () => {
    const lab = throttled();
    const { body } = await lab.ask("POST", "/sandbox/tokens", {
      account: "megan.bowen@contoso.com",
      tenantId: "b62d94e0-15fa-4f3e-8c27-6a90d3f1be45",
    });
    const first = await graph(lab);
    assert.equal(first.headers["x-ms-user-quota-remaining"], "14");
    assert.equal(first.headers["x-ms-user-quota-resets-after"], "00:00:05");
    await lab.advance("PT3.2S");
    assert.equal((await graph(lab, body.token)).headers["x-ms-user-quota-remaining"], "13");
    assert.deepEqual(statuses(await times(13, () => graph(lab))), [200]);
    const refused = await graph(lab);
    assert.equal(refused.status, 429);
    assert.equal(refused.body.error.code, "RateLimiting");
    assert.equal(refused.body.error.details[0].code, "RateLimiting");
    assert.equal(refused.headers["x-ms-user-quota-remaining"], "0");
    assert.equal(refused.headers["x-ms-user-quota-resets-after"], "00:00:02");
    const adele = (await lab.ask("POST", "/sandbox/tokens", { account: "adele.vance@fabrikam.com" })).body;
    assert.equal((await graph(lab, adele.token)).status, 200, "another user has a quota of her own");
    await lab.advance("PT1.8S");
    assert.equal((await graph(lab)).headers["x-ms-user-quota-remaining"], "14");
  });

  it("throttles nobody in fair weather", async () => {
    const lab = createLab();
    const answers = await times(40, () => graph(lab));
    assert.deepEqual(statuses(answers), [200]);
    assert.equal(answers.at(-1)?.headers["x-ms-user-quota-remaining"], "14");
  });
});

describe("Resource Manager's buckets", () => {
  it("refuse reads once 250 are gone, and give back 25 a second, in each subscription", async () => {
    const lab = throttled();
    const answers = await times(250, () => read(lab));
    assert.deepEqual(statuses(answers), [200]);
    assert.equal(answers.at(-1)?.headers["x-ms-ratelimit-remaining-subscription-reads"], "0");
    const refused = await read(lab);
    assert.equal(refused.status, 429);
    assert.equal(refused.body.error.code, "SubscriptionRequestsThrottled");
    assert.equal(refused.headers["retry-after"], "1");
    assert.equal(refused.headers["x-ms-ratelimit-remaining-subscription-reads"], "0");
    assert.equal((await read(lab, staging)).status, 200);
    await lab.advance("PT1S");
    assert.deepEqual(statuses(await times(25, () => read(lab))), [200]);
    assert.equal((await read(lab)).status, 429);
  });

  it("refuse writes once 200 are gone, with nothing done, and deletes apart from them", async () => {
    const lab = throttled();
    const set = scaleSet(production, "rg-web-prod-weu", "vmss-cache-prod");
    const nightly = configuration(shared, "rg-maintenance", "mc-prod-nightly");
    const id = (number: number) =>
      `${set}/providers/Microsoft.Maintenance/configurationAssignments/a${number}?${maintenance}`;
    const body = { location: "westeurope", properties: { maintenanceConfigurationId: nightly } };
    let number = 0;
    assert.deepEqual(statuses(await times(200, () => lab.ask("PUT", id(++number), body))), [200]);
    assert.deepEqual(statuses(await times(20, () => lab.ask("PUT", id(++number), body))), [429]);
    await lab.advance("PT2S");
    assert.deepEqual(statuses(await times(20, () => lab.ask("PUT", id(++number), body))), [200]);
    assert.equal((await lab.ask("PUT", id(++number), body)).status, 429);
    assert.deepEqual(statuses(await times(200, () => lab.ask("DELETE", id(number--)))), [204, 200]);
    const last = await lab.ask("DELETE", id(1));
    assert.equal(last.status, 429);
    assert.equal(last.headers["x-ms-ratelimit-remaining-subscription-deletes"], "0");
    const { value } = (await lab.ask("GET", "/sandbox/requests")).body;
    assert.deepEqual(
      value.filter(({ applied, status }: { applied: boolean; status: number }) => applied && status === 429),
      [],
    );
  });

  it("are full again after a reset, and off where the conditions say so", async () => {
    const lab = throttled();
    await times(251, () => read(lab));
    await lab.ask("POST", "/sandbox/reset");
    assert.deepEqual(statuses(await times(251, () => read(lab))), [200, 429]);
    await lab.ask("PUT", "/sandbox/conditions", { quotas: false });
    assert.equal((await read(lab)).status, 200);
    assert.equal((await lab.ask("PUT", "/sandbox/conditions", { quotas: "yes" })).status, 400);
  });
});

describe("latency", () => {
  /** An instant from which 200 ms on, and 50 ms on, are a rounding error later than that. */
  const fractionalStartMs = 206.1;

  /** Time that passes only when the test says so. */
  const stopTime = ({ mock }: TestContext) => {
    let now = fractionalStartMs;
    mock.method(performance, "now", () => now);
    mock.timers.enable({ apis: ["setTimeout"] });
    return (ms: number) => {
      now += ms;
      mock.timers.tick(ms);
    };
  };

  /** How many of the answers have come, once all that is due has been done. */
  const come = async (answers: readonly Promise<unknown>[]): Promise<number> => {
    let count = 0;
    for (const answer of answers) void answer.then(() => (count += 1));
    await new Promise((resolve) => setImmediate(resolve));
    return count;
  };

  it("holds each answer back, all of them at the same time, and no control call", async (context) => {
    const pass = stopTime(context);
    const lab = createLab({ conditions: { latency: "PT0.2S" } });
    const refusal = lab.send("GET", `${production}?${resources}`, {});
    const answers = [refusal, ...Array.from({ length: 5 }, () => read(lab))];
    pass(199);
    assert.equal(await come(answers), 0);
    pass(1);
    assert.equal(await come(answers), 6);
    assert.equal((await lab.ask("PUT", "/sandbox/conditions", { latency: 80 })).status, 400);
    await lab.ask("PUT", "/sandbox/conditions", {});
    assert.equal(await come([read(lab)]), 1);
  });

  it("is counted from when the request came", async (context) => {
    const pass = stopTime(context);
    const lab = createLab({ conditions: { latency: "PT0.2S" } });
    const request = {
      method: "GET",
      url: `https://sandbox.invalid${production}?${resources}`,
      headers: { authorization: `Bearer ${lab.sandbox.token}` },
    };
    const ago = (ms: number) => lab.sandbox.handle(request, performance.now() - ms);
    assert.equal(await come([ago(1000)]), 1);
    const answers = [ago(150)];
    pass(49);
    assert.equal(await come(answers), 0);
    pass(1);
    assert.equal(await come(answers), 1);
  });
});
