import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnswerCache } from "../../../../src/azure/clients/imageVersions.ts";
import { healthOf } from "../../../../src/core/eligibility/instanceHealth.ts";
import { arrayAt, at, booleanAt, textAt } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { answer, createLab, fleet, type Lab, never, scaleSet } from "../support.ts";

const api = scaleSet("vmss-api-prod"); // Windows, with a probe
const search = scaleSet("vmss-search-prod");
const cache = scaleSet("vmss-cache-prod");
const agents = scaleSet("vmss-build-agents", "rg-build-shared", fleet.shared);

const facts = async (lab: Lab, id: string, signal = never) =>
  lab.azure.eligibilityFacts(await lab.azure.read(id, never), signal);
const asked = (lab: Lab, part: string) => lab.sent.filter(({ path }) => path.includes(part)).length;

describe("eligibility facts", () => {
  it("read of a set with a platform image and a probe all that its model can't hold", async () => {
    const lab = createLab();
    const read = await facts(lab, api);
    assert.deepEqual(read.unread, {});
    const { newestImage, instances, instanceView, loadBalancer, upgradeHistory, rollingUpgrade } = read.facts;
    assert.equal(
      at(newestImage, "properties", "automaticOSUpgradeProperties", "automaticOSUpgradeSupported"),
      false,
      "it is of the second generation",
    );
    assert.equal(instances?.length, 8);
    assert.ok(
      textAt(instances[0], "properties", "instanceView", "vmHealth", "status", "code"),
      "with their health",
    );
    assert.ok(arrayAt(instanceView, "virtualMachine", "statusesSummary").length > 0);
    assert.equal(textAt(loadBalancer, "sku", "name"), "Standard");
    assert.equal(upgradeHistory?.length, 2);
    assert.equal(textAt(rollingUpgrade, "properties", "runningStatus", "code"), "Completed");
  });

  it("take the newest version by number, in whatever order Azure lists them", async () => {
    const lab = createLab();
    lab.fault = (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith("/versions"))
        return answer(
          request,
          200,
          ["1.0.9", "1.0.20260110", "1.0.202"].map((name) => ({ name })),
        );
      const version = /\/versions\/(.+)$/.exec(pathname)?.[1];
      return version === undefined ? undefined : answer(request, 200, { name: version, properties: {} });
    };
    assert.equal(textAt((await facts(lab, cache)).facts.newestImage, "name"), "1.0.20260110");
  });

  it("read of a gallery image its newest version with how far it is replicated", async () => {
    const lab = createLab();
    const read = await facts(lab, agents);
    assert.deepEqual(read.unread, {});
    assert.ok(textAt(read.facts.newestImage, "name"));
    assert.ok(arrayAt(read.facts.newestImage, "properties", "replicationStatus", "summary").length > 0);
  });

  it("say null where there never was an upgrade, and leave out what a set does not have", async () => {
    const lab = createLab();
    const { facts: read, unread } = await facts(lab, search);
    assert.deepEqual(unread, {});
    assert.equal(read.rollingUpgrade, null);
    assert.deepEqual(read.upgradeHistory, []);
    assert.equal(read.loadBalancer, undefined);
    const flexible = await facts(lab, scaleSet("vmss-jumphosts", "rg-build-shared", fleet.shared));
    assert.equal("instanceView" in flexible.facts, false);
    assert.equal(flexible.unread.instanceView, undefined);
  });

  describe("of a Flexible set, whose list of instances holds ids only,", () => {
    const jumphosts = scaleSet("vmss-jumphosts", "rg-build-shared", fleet.shared);
    const machineId = (name: string) =>
      `${jumphosts.replace(/\/virtualMachineScaleSets\/.+/, "")}/virtualMachines/${name}`;
    const machine = (name: string) => ({
      id: machineId(name),
      name,
      properties: {
        storageProfile: { imageReference: { version: "latest", exactVersion: "22.04.202409100" } },
        instanceView: { vmHealth: { status: { code: "HealthState/unhealthy" } } },
      },
    });
    const listing = (
      lab: Lab,
      names: readonly string[],
      machineOf: (name: string) => object | undefined,
      idOf = machineId,
    ) => {
      lab.fault = (request) => {
        const { pathname } = new URL(request.url);
        if (/\/virtualMachineScaleSets\/[^/]+\/virtualMachines$/.test(pathname))
          return answer(request, 200, { value: names.map((name) => ({ id: idOf(name), name })) });
        const name = /\/Microsoft\.Compute\/virtualMachines\/([^/]+)$/.exec(pathname)?.[1];
        if (name === undefined) return undefined;
        const found = machineOf(name);
        return found === undefined
          ? answer(request, 404, { error: { code: "ResourceNotFound", message: "gone" } })
          : answer(request, 200, found);
      };
    };

    it("read each virtual machine, which does not say whether it has the latest model", async () => {
      const lab = createLab();
      listing(lab, ["jump_1", "jump_2"], (name) => (name === "jump_1" ? machine(name) : undefined));
      const { facts: read, unread } = await facts(lab, jumphosts);
      assert.deepEqual(unread, {});
      const deleted = { id: machineId("jump_2"), name: "jump_2" };
      assert.deepEqual(read.instances, [machine("jump_1"), deleted]);
      assert.deepEqual(healthOf(read), { unhealthy: 1, total: 1 });
      assert.ok(lab.sent.some(({ url }) => /virtualMachines\/jump_1\?.*expand=instanceView/.test(url)));
      assert.equal(booleanAt(read.instances?.[0], "properties", "latestModelApplied"), undefined);
    });

    it("read the machine of an instance that is listed below its set", async () => {
      const lab = createLab();
      listing(lab, ["jump_1"], machine, (name) => `${jumphosts}/virtualMachines/${name}`);
      const { facts: read } = await facts(lab, jumphosts);
      assert.deepEqual(healthOf(read), { unhealthy: 1, total: 1 });
      assert.equal(textAt(read.instances?.[0], "id"), `${jumphosts}/virtualMachines/jump_1`);
    });

    it("say why they could not be read", async () => {
      const lab = createLab();
      listing(lab, ["jump_1"], machine);
      const { fault } = lab;
      lab.fault = (request, sandbox) =>
        request.url.includes("/virtualMachines/jump_1")
          ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
          : fault?.(request, sandbox);
      const { facts: read, unread } = await facts(lab, jumphosts);
      assert.equal(read.instances, undefined);
      assert.equal(unread.instances?.kind, "forbidden");
    });

    it("leave the machines of a large set unread, and so unknown", async () => {
      const lab = createLab();
      const names = Array.from({ length: 51 }, (_, index) => `jump_${index}`);
      listing(lab, names, machine);
      const { facts: read } = await facts(lab, jumphosts);
      assert.equal(read.instances?.length, 51);
      assert.equal(healthOf(read), undefined);
      assert.equal(asked(lab, "/Microsoft.Compute/virtualMachines/"), 0);
    });
  });

  it("tell each fact that could not be read with its reason, and give the others", async () => {
    const lab = createLab();
    await lab.azure.read(api, never);
    lab.fault = (request) => {
      const { pathname } = new URL(request.url);
      if (/\/loadBalancers\/|\/osUpgradeHistory$/.test(pathname))
        return answer(request, 403, {
          error: {
            code: "AuthorizationFailed",
            message:
              "The client 'x' does not have authorization to perform action 'Microsoft.Network/loadBalancers/read' over scope '/y' or the scope is invalid.",
          },
        });
      return pathname.endsWith("/virtualMachines")
        ? answer(request, 200, { value: ["nonsense"] })
        : undefined;
    };
    const { facts: read, unread } = await facts(lab, api);
    assert.deepEqual(Object.keys(unread).toSorted(), ["instances", "loadBalancer", "upgradeHistory"]);
    assert.equal(unread.loadBalancer?.kind, "forbidden");
    assert.match(inEnglish(unread.loadBalancer.summary), /Couldn't load the load balancer of vmss-api-prod/);
    assert.match(
      inEnglish(unread.loadBalancer.wayOut ?? verbatim("")),
      /Microsoft\.Network\/loadBalancers\/read/,
    );
    assert.equal(unread.instances?.kind, "malformed");
    assert.deepEqual(Object.keys(read).toSorted(), ["instanceView", "newestImage", "rollingUpgrade"]);
  });

  it("ask for the newest version of an image once for all sets that have it, and anew where that failed", async () => {
    const lab = createLab();
    const sets = ["vmss-web-prod", "vmss-checkout-prod", "vmss-cache-prod"].map((name) => scaleSet(name));
    lab.fault = (request) =>
      request.url.includes("/artifacttypes/")
        ? answer(request, 403, { error: { code: "No", message: "no" } })
        : undefined;
    const failed = await Promise.all(sets.map((id) => facts(lab, id)));
    assert.ok(failed.every(({ unread }) => unread.newestImage?.kind === "forbidden"));
    lab.fault = undefined;
    const before = asked(lab, "/artifacttypes/");
    const read = await Promise.all(sets.map((id) => facts(lab, id)));
    assert.ok(read.every(({ facts: { newestImage } }) => newestImage !== undefined));
    assert.equal(asked(lab, "/artifacttypes/") - before, 2, "the list and the newest of it");
    await facts(lab, cache);
    assert.equal(asked(lab, "/artifacttypes/") - before, 2);
  });

  it("have at most six requests in flight", async () => {
    const lab = createLab();
    let [inFlight, most] = [0, 0];
    const gate = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
    };
    const sets = await Promise.all(
      ["vmss-web-prod", "vmss-checkout-prod", "vmss-cache-prod", "vmss-api-prod", "vmss-worker-prod"].map(
        async (name) => lab.azure.read(scaleSet(name), never),
      ),
    );
    lab.fault = async () => {
      await gate();
      return undefined;
    };
    await Promise.all(sets.map((set) => lab.azure.eligibilityFacts(set, never)));
    assert.ok(most > 1 && most <= 6, `${most} in flight`);
  });

  it("end when they are cancelled", async () => {
    const lab = createLab();
    const set = await lab.azure.read(api, never);
    const controller = new AbortController();
    lab.fault = () => {
      controller.abort();
      return undefined;
    };
    await assert.rejects(lab.azure.eligibilityFacts(set, controller.signal));
  });

  it("are not taken from one reader by another that gives up", async () => {
    const lab = createLab();
    const set = await lab.azure.read(cache, never);
    const controller = new AbortController();
    const images = Promise.withResolvers<undefined>();
    lab.fault = (request) => (request.url.includes("/artifacttypes/") ? images.promise : undefined);
    const first = lab.azure.eligibilityFacts(set, controller.signal);
    const second = lab.azure.eligibilityFacts(set, never);
    while (asked(lab, "/artifacttypes/") === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await assert.rejects(first);
    images.resolve(undefined);
    const { facts: read, unread } = await second;
    assert.deepEqual(unread, {});
    assert.ok(read.newestImage !== undefined);
    assert.equal(asked(lab, "/artifacttypes/"), 2);
  });
});

describe("answer cache", () => {
  it("keeps an answer for a quarter of an hour", async () => {
    let now = 0;
    let asked = 0;
    const cache = new AnswerCache<number>(() => now);
    const ask = () => cache.get("key", async () => (asked += 1), never);
    assert.equal(await ask(), 1);
    now = 15 * 60_000 - 1;
    assert.equal(await ask(), 1);
    now += 1;
    assert.equal(await ask(), 2);
  });

  it("asks on while one waits, and not when all have given up; who comes then has it asked anew", async () => {
    const signals: AbortSignal[] = [];
    const answers: ReturnType<typeof Promise.withResolvers<number>>[] = [];
    const cache = new AnswerCache<number>(() => 0);
    const ask = (signal: AbortSignal) => {
      signals.push(signal);
      const answer = Promise.withResolvers<number>();
      answers.push(answer);
      return answer.promise;
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [first, second].map(({ signal }) => cache.get("key", ask, signal));
    first.abort();
    await assert.rejects(waiting[0] ?? assert.fail());
    assert.equal(signals[0]?.aborted, false);
    second.abort();
    await assert.rejects(waiting[1] ?? assert.fail());
    assert.equal(signals[0]?.aborted, true);
    const third = cache.get("key", ask, never);
    answers[0]?.reject(new Error("late"));
    answers[1]?.resolve(3);
    assert.equal(await third, 3);
    assert.equal(await cache.get("key", ask, never), 3);
    assert.equal(signals.length, 2);
  });
});
