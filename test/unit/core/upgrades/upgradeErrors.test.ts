import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { windowLength } from "../../../../src/core/eligibility/configuration.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { attemptOf } from "../../../../src/core/upgrades/attempts.ts";
import { decodedError, fullAzureMessage } from "../../../../src/core/upgrades/upgradeErrors.ts";
import { endingOf } from "../../../../src/core/upgrades/upgradeInWords.ts";
import { configurationIdOf, scaleSet } from "../scaleSets.ts";

function decoded(error: JsonObject, counts?: Parameters<typeof decodedError>[1]) {
  const { code, meaning, next, azureMessage, details } =
    decodedError(error, counts) ?? assert.fail("no error");
  return {
    code,
    meaning: inEnglish(meaning),
    next: inEnglish(next),
    azureMessage: inEnglish(azureMessage),
    details,
  };
}

const closed = "RollingUpgradeBatchStartTimeNotWithinScheduledWindows";
const maxUnhealthy = "MaxUnhealthyInstancePercentExceededInRollingUpgrade";

/** As a user of maintenance control found it in the history of upgrades, https://github.com/MicrosoftDocs/azure-docs/issues/113861. */
function closedAttempt(failed: number) {
  return attemptOf({
    properties: {
      runningStatus: { code: "Faulted", startTime: "2026-11-28T22:03:00Z", endTime: "2026-11-29T03:05:00Z" },
      progress: {
        successfulInstanceCount: 28,
        failedInstanceCount: failed,
        inProgressInstanceCount: 0,
        pendingInstanceCount: 12 - failed,
      },
      error: { code: closed, message: "The window is over." },
    },
  });
}

describe("a window that closed before the next batch", () => {
  const ofInstances = (text: string) => assert.doesNotMatch(text, /failed instances|instance view/i);

  it("is told with how many instances are upgraded and how many are not", () => {
    const error = closedAttempt(0).error ?? assert.fail();
    assert.equal(
      inEnglish(error.meaning),
      "The maintenance window closed before all batches had started: 28 of 40 instances upgraded, 12 not.",
    );
    ofInstances(inEnglish(error.next));
  });

  it("ends the upgrade with these counts once, and names failed instances only where there are some", () => {
    const whole = endingOf(closedAttempt(0));
    assert.equal(whole.outcome, "failed");
    assert.equal(inEnglish(whole.text), inEnglish(closedAttempt(0).error?.meaning ?? assert.fail()));
    assert.match(inEnglish(endingOf(closedAttempt(2)).text), /12 not\. 2 instances failed\.$/);
  });

  it("is told without counts where there are none, in any casing of its code", () => {
    const { meaning, next } = decoded({ code: closed.toUpperCase() });
    assert.equal(meaning, "The maintenance window closed before all batches had started.");
    ofInstances(next);
  });

  it("has the way out of the rule about the window's length, in the same words", () => {
    const configuration = {
      id: configurationIdOf("nightly"),
      properties: {
        maintenanceScope: "OSImage",
        maintenanceWindow: {
          startDateTime: "2026-01-01 22:00",
          duration: "05:00",
          timeZone: "UTC",
          recurEvery: "Day",
        },
      },
    };
    const set = scaleSet({
      capacity: 100,
      rollingPolicy: { maxBatchInstancePercent: 5, pauseTimeBetweenBatches: "PT10M" },
    });
    const facts = { configurations: [{ resource: configuration, schedule: undefined }] };
    const { status, fix, message } = windowLength.check(set, facts, "stored");
    assert.equal(status, "fail");
    assert.equal(inEnglish(fix ?? assert.fail()), decoded({ code: closed }).next);
    assert.match(inEnglish(message), /The window can close before all batches have started/);
  });
});

describe("a cancelled upgrade", () => {
  it("is told as someone's doing, with the details as Azure wrote them", () => {
    const details = [
      { code: "RollingUpgradeInstanceCanceled", message: "Not upgraded.", target: "3" },
      { code: "RollingUpgradeInstanceCanceled", message: "Not upgraded.", target: "4" },
    ];
    const error = { code: "RollingUpgradeCanceled", message: "It was cancelled.", target: "", details };
    const shown = decoded(error);
    assert.equal(shown.code, "RollingUpgradeCanceled");
    assert.match(shown.meaning, /^Someone cancelled/);
    assert.match(shown.next, /start an upgrade now/);
    assert.deepEqual(shown.details, details);
    assert.equal(
      inEnglish(fullAzureMessage(decodedError(error) ?? assert.fail())),
      "RollingUpgradeCanceled: It was cancelled. Details: Not upgraded. (RollingUpgradeInstanceCanceled, 3); Not upgraded. (RollingUpgradeInstanceCanceled, 4)",
    );
  });
});

describe("a wrapped error", () => {
  const cause = { code: maxUnhealthy, message: "30% are unhealthy." };

  it("is decoded by its cause, however deep it is", () => {
    for (const details of [
      [cause],
      [{ code: "Conflict", details: [{ code: "ResourceDeploymentFailure", details: [cause] }] }],
    ]) {
      const shown = decoded({
        code: "ResourceDeploymentFailure",
        message: "The deployment failed.",
        details,
      });
      assert.equal(shown.code, maxUnhealthy);
      assert.match(shown.meaning, /more instances of the scale set were unhealthy/);
      assert.equal(shown.azureMessage, "ResourceDeploymentFailure: The deployment failed.");
    }
  });

  it("is decoded by its cause where a deployment quotes the whole answer as text", () => {
    const answer = { status: "Failed", error: { code: "ResourceDeploymentFailure", details: [cause] } };
    const details = [{ code: "Conflict", message: JSON.stringify(answer, null, 2) }];
    assert.equal(decoded({ code: "DeploymentFailed", message: "See details.", details }).code, maxUnhealthy);
    const words = [{ code: "Conflict", message: "{ no JSON" }];
    assert.deepEqual(decoded({ code: "DeploymentFailed", details: words }).details, words);
  });

  it("is decoded where it has no code or a general one, and where it is details alone", () => {
    for (const error of [
      { message: "No.", details: [cause] },
      { code: "InternalExecutionError", details: [cause] },
      { code: "OperationNotAllowed", details: [cause] },
      { details: [cause] },
      { Details: [{ Code: maxUnhealthy, Message: "30% are unhealthy." }] },
    ])
      assert.equal(decoded(error).code, maxUnhealthy);
  });

  it("keeps what says itself what happened, whatever its details", () => {
    const error = { code: "RollingUpgradeInProgressWithFailedUpgradedVMs", details: [cause] };
    assert.equal(decoded(error).code, error.code);
    assert.equal(
      decoded({ code: "InternalExecutionError", details: [{ code: "Unheard" }] }).code,
      "InternalExecutionError",
    );
  });

  it("names the code of a cause that nobody documents", () => {
    const details = [{ code: "VMExtensionProvisioningError", message: "Exit code 1.", target: "7" }];
    const shown = decoded({ code: "ResourceDeploymentFailure", details });
    assert.equal(shown.code, "VMExtensionProvisioningError");
    assert.match(shown.meaning, /“VMExtensionProvisioningError”/);
  });
});

it("a refusal with a general code is known by its words, within a deployment's too", () => {
  const refusals = [
    [
      "OperationNotAllowed",
      "Automatic OS Upgrade is not allowed on Virtual Machine Scale Sets having Service Fabric extension with durabilityLevel as 'Bronze'.",
      /Service Fabric durability is Bronze/,
    ],
    [
      "BadRequest",
      "The Virtual Machine Scale Set must have all VM instances upgraded to same Platform Image.",
      /don't all run the same platform image/,
    ],
  ] as const;
  for (const [code, words, meaning] of refusals) {
    const refusal = { code, message: words };
    for (const error of [refusal, { code: "ResourceDeploymentFailure", details: [refusal] }]) {
      assert.match(decoded(error).meaning, meaning);
      assert.equal(decoded(error).code, code);
      assert.doesNotMatch(decoded(error).next, /See Azure's message/);
    }
  }
});

it("an error that nobody documents points at failed instances only where there may be some", () => {
  const counts = { successful: 3, failed: 0, inProgress: 0, pending: 1 };
  assert.equal(decoded({ code: "Unheard" }, counts).next, "See Azure's message.");
  assert.match(
    decoded({ code: "Unheard" }, { ...counts, failed: 1 }).next,
    /instances that weren't upgraded/,
  );
  assert.match(decoded({ code: "Unheard" }).next, /instances that weren't upgraded/);
});

it("nothing is decoded where there is nothing", () => {
  for (const error of [undefined, {}, { code: "", details: [] }, { details: [null, "x", {}] }])
    assert.equal(decodedError(error as JsonObject | undefined), undefined);
});
