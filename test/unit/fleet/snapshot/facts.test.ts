import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Azure, EligibilityAnswer } from "../../../../src/azure/contracts.ts";
import { idKey } from "../../../../src/core/resources/ids.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Change, Outcome } from "../../../../src/core/plans/plan.ts";
import { applyPlan } from "../../../../src/fleet/plans/applyPlan.ts";
import type { EligibilityProgress } from "../../../../src/fleet/reading/eligibilityFacts.ts";
import * as fake from "../fakes.ts";

const key = idKey(fake.web.id);
const upgrade = (code: string): JsonObject => ({
  properties: { runningStatus: { code, startTime: "2026-11-23T09:00:00Z" } },
});
const view = { virtualMachine: { statusesSummary: [{ code: "HealthState/unhealthy", count: 9 }] } };
const read = (
  facts: EligibilityAnswer["facts"],
  unread: EligibilityAnswer["unread"] = {},
): EligibilityAnswer => ({ facts, unread });

describe("eligibility facts of scale sets", () => {
  it("are in the record with their time, and findings and coverage follow from them", async () => {
    const unsupported = {
      properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported: false } },
    };
    const azure = fake.fakeAzure({
      eligibilityFacts: async () =>
        read(
          { newestImage: unsupported, instanceView: view, rollingUpgrade: upgrade("Faulted") },
          { loadBalancer: fake.problem() },
        ),
    });
    const store = await fake.readStore(azure);
    assert.equal(store.snapshot.scaleSets.get(key)?.coverage.state, "controlled");
    const changes: unknown[] = [];
    store.onDidChange(({ ids }) => changes.push(ids));
    await store.readEligibilityFacts([key], fake.noSignal());
    const record = store.snapshot.scaleSets.get(key);
    assert.equal(record?.eligibilityFacts?.at, "2026-11-23T09:00:00Z");
    assert.equal(record.eligibilityFacts.unread.loadBalancer?.kind, "forbidden");
    assert.deepEqual(record.upgrade, upgrade("Faulted"));
    assert.deepEqual(record.instanceView, view);
    assert.equal(record.coverage.state, "blocked");
    const verdict = (rule: string) => record.findings.find((finding) => finding.rule === rule)?.status;
    assert.equal(verdict("image-supported"), "fail");
    assert.equal(verdict("instance-health"), "fail");
    assert.equal(verdict("maintenance-configuration"), "pass", "what the fleet knows is used too");
    assert.deepEqual(changes, [new Set([key, "aaaa"])]);
  });

  it("stay when the fleet is read anew, and go with the connection", async () => {
    const azure = fake.fakeAzure({ eligibilityFacts: async () => read({ instances: [] }) });
    const store = await fake.readStore(azure);
    await store.readEligibilityFacts([key], fake.noSignal());
    const record = store.snapshot.scaleSets.get(key);
    await store.refresh(fake.noSignal());
    assert.equal(store.snapshot.scaleSets.get(key), record);
    store.connect(azure);
    await store.refresh(fake.noSignal());
    assert.equal(store.snapshot.scaleSets.get(key)?.eligibilityFacts, undefined);
  });

  it("are read for sets that are there, with progress, a few at a time", async () => {
    const many = Array.from({ length: 40 }, (_, index) => fake.scaleSet("AAAA", `set${index}`));
    let [inFlight, most] = [0, 0];
    const azure = fake.fakeAzure({
      eligibilityFacts: async () => {
        most = Math.max(most, ++inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
        return read({});
      },
    });
    const store = await fake.readStore(azure);
    for (const set of many) await store.put({ kind: "resource", id: set.id, resource: set });
    const progress: EligibilityProgress[] = [];
    const keys = [...many.map(({ id }) => idKey(id)), idKey("/subscriptions/x/not-there")];
    await store.readEligibilityFacts(keys, fake.noSignal(), (one) => progress.push(one));
    assert.deepEqual(progress.at(-1)?.done, 40);
    assert.ok(progress.every(({ total }) => total === 40));
    assert.ok(most <= 8, `${most} sets at a time`);
    assert.ok(
      many.every(({ id }) => store.snapshot.scaleSets.get(idKey(id))?.eligibilityFacts !== undefined),
    );
  });

  it("end quietly with the connection, and with the reason of whoever cancels", async () => {
    const waiting = Promise.withResolvers<EligibilityAnswer>();
    const azure = fake.fakeAzure({
      eligibilityFacts: (_, signal) => {
        signal.addEventListener("abort", () => waiting.reject(new Error("aborted")));
        return waiting.promise;
      },
    });
    const store = await fake.readStore(azure);
    const reading = store.readEligibilityFacts([key], fake.noSignal());
    store.connect(undefined);
    await reading;
    const other = await fake.readStore(azure);
    const controller = new AbortController();
    const cancelled = other.readEligibilityFacts([key], controller.signal);
    controller.abort(new Error("enough"));
    await assert.rejects(cancelled, /enough/);
  });
});

describe("the latest upgrade of a set", () => {
  it("is read with the health of the instances, whose failure is no reason to fail", async () => {
    const azure = fake.fakeAzure({
      latestUpgrade: async () => upgrade("RollingForward"),
      instanceView: () => Promise.reject(new fake.Refused("validation")),
    });
    const store = await fake.readStore(azure);
    assert.deepEqual(await store.readUpgrade(fake.web.id, true), {
      upgrade: upgrade("RollingForward"),
      hasView: false,
    });
    assert.deepEqual(store.snapshot.scaleSets.get(key)?.upgrade, upgrade("RollingForward"));
  });

  describe("of a set with a health source whose view tells of provisioning only", () => {
    const provisioned = {
      virtualMachine: { statusesSummary: [{ code: "ProvisioningState/succeeded", count: 2 }] },
    };
    const says = (code: string): JsonObject => ({
      properties: { instanceView: { vmHealth: { status: { code } } } },
    });
    const read = async (instances: () => Promise<readonly JsonObject[]>) => {
      const azure = fake.fakeAzure({
        latestUpgrade: async () => upgrade("RollingForward"),
        instanceView: async () => provisioned,
        instances,
      });
      const store = await fake.readStore(azure);
      await store.putEligibilityFacts(fake.web.id, { health: { unhealthy: 0, total: 2 } });
      await store.readUpgrade(fake.web.id, true);
      return store.snapshot.scaleSets.get(key)?.health;
    };

    it("takes health from the instances", async () => {
      const known = await read(async () => [says("HealthState/unhealthy"), says("HealthState/unhealthy")]);
      assert.deepEqual(known, { unhealthy: 2, total: 2 });
    });

    it("is unknown where they don't say, or could not be asked", async () => {
      assert.equal(await read(async () => [{ properties: {} }, { properties: {} }]), undefined);
      assert.equal(await read(() => Promise.reject(new fake.Refused("forbidden"))), undefined);
    });
  });

  it("is none where there never was one, and a problem where it cannot be read", async () => {
    let answer: Promise<JsonObject | undefined> = Promise.resolve(undefined);
    const store = await fake.readStore(fake.fakeAzure({ latestUpgrade: () => answer }));
    await store.putEligibilityFacts(fake.web.id, { upgrade: upgrade("Completed") });
    assert.deepEqual(await store.readUpgrade(fake.web.id, false), { upgrade: undefined, hasView: false });
    assert.equal(store.snapshot.scaleSets.get(key)?.upgrade, undefined);
    answer = Promise.reject(new fake.Refused("forbidden"));
    const reading = await store.readUpgrade(fake.web.id, false);
    assert.ok(reading !== undefined && "problem" in reading && reading.problem.kind === "forbidden");
  });
});

describe("what actions and repairs leave behind", () => {
  const change = (kind: Change["kind"], target: string): Change => ({
    id: kind,
    kind,
    target,
    title: verbatim(kind),
    needs: [],
  });
  const updating = { ...fake.web, properties: { ...fake.web.properties, provisioningState: "Updating" } };
  /** Applies one change with this outcome; the ids that were read afterwards, and the record of the set. */
  async function after(
    one: Change,
    outcome: Outcome,
    over: Partial<Azure> = {},
    withFacts = false,
    signal = fake.noSignal(),
  ) {
    const asked: string[] = [];
    const azure = fake.fakeAzure({
      apply: async ({ changes }, { onOutcome }) => {
        const results = changes.map((each) => ({ change: each, outcome }));
        for (const result of results) onOutcome?.(result);
        return results;
      },
      read: async (id) => {
        asked.push(id);
        return updating;
      },
      latestUpgrade: async (id) => {
        asked.push(`${id} latest`);
        return upgrade("Completed");
      },
      ...over,
    });
    const store = await fake.readStore(azure);
    if (withFacts) await store.readEligibilityFacts([key], fake.noSignal());
    await applyPlan(
      azure,
      store,
      { title: verbatim("p"), changes: [one], leftOut: [], warnings: [] },
      { signal },
    );
    return { asked, record: store.snapshot.scaleSets.get(key) };
  }

  it("a started upgrade is in the record with the set that Azure updates", async () => {
    const started = change("startUpgrade", fake.web.id);
    const { asked, record } = await after(started, { status: "done", readBack: upgrade("RollingForward") });
    assert.deepEqual(asked, [fake.web.id]);
    assert.deepEqual(record?.upgrade, upgrade("RollingForward"));
    assert.deepEqual(record.resource, updating);
  });

  it("an action whose result was not read, or that failed, has set and upgrade read; the set never goes", async () => {
    for (const outcome of [
      { status: "done" },
      { status: "underWay" },
      { status: "failed", problem: fake.problem() },
    ] as const) {
      const { asked, record } = await after(change("cancelUpgrade", fake.web.id), outcome);
      assert.deepEqual(asked, [`${fake.web.id} latest`, fake.web.id]);
      assert.deepEqual(record?.upgrade, upgrade("Completed"));
    }
  });

  it("what was read of the instances is not believed any more once the model has changed, and read anew where they got it", async () => {
    const instances = [{ properties: { latestModelApplied: true } }];
    let reads = 0;
    const over: Partial<Azure> = {
      eligibilityFacts: async () => {
        reads += 1;
        return read({ instances, upgradeHistory: [] });
      },
    };
    const answered: Outcome = { status: "done", readBack: fake.web };
    for (const [kind, expected] of [
      ["setPatchSettings", undefined],
      ["setUpgradePolicy", instances],
      ["updateInstances", instances],
    ] as const) {
      reads = 0;
      const { record } = await after(change(kind, fake.web.id), answered, over, true);
      assert.deepEqual(record?.eligibilityFacts?.facts.instances, expected, kind);
      assert.deepEqual(record?.eligibilityFacts?.facts.upgradeHistory, []);
      assert.equal(reads, kind === "updateInstances" ? 2 : 1, kind);
    }
  });

  it("what was read of the instances is forgotten where the user does not wait for them to be read anew", async () => {
    const instances = [{ properties: { latestModelApplied: true } }];
    const user = new AbortController();
    let reads = 0;
    const over: Partial<Azure> = {
      eligibilityFacts: async (_, signal) => {
        reads += 1;
        if (reads === 1) return read({ instances, upgradeHistory: [] });
        user.abort();
        signal.throwIfAborted();
        assert.fail("It goes on.");
      },
    };
    const answered: Outcome = { status: "done", readBack: fake.web };
    const { record } = await after(change("updateInstances", fake.web.id), answered, over, true, user.signal);
    assert.equal(reads, 2);
    assert.equal(record?.eligibilityFacts?.facts.instances, undefined);
    assert.deepEqual(record?.eligibilityFacts?.facts.upgradeHistory, []);
  });

  it("an extension that was added, or not, has its set read", async () => {
    const added = change("addHealthExtension", `${fake.web.id}/extensions/ApplicationHealthLinux`);
    for (const outcome of [
      { status: "done", readBack: { name: "ApplicationHealthLinux" } },
      { status: "failed", problem: fake.problem() },
    ] as const) {
      const { asked, record } = await after(added, outcome);
      assert.deepEqual(asked, [fake.web.id]);
      assert.deepEqual(record?.resource, updating);
    }
  });
});
