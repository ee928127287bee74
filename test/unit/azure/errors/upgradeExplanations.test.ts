import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { explain } from "../../../../src/azure/errors/explanations.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { ProblemKind } from "../../../../src/core/text/problem.ts";

/** Code and words as Azure was recorded to answer, and what the user is told of them. */
const refusals: readonly (readonly [
  kind: ProblemKind,
  code: string,
  words: string,
  summary: RegExp,
  wayOut: RegExp,
])[] = [
  [
    "validation",
    "BadRequest",
    "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set to 'latest'.",
    /pinned to a version/,
    /Enable Automatic OS Upgrades/,
  ],
  [
    "validation",
    "BadRequest",
    "Automatic OS Upgrade cannot be enabled on virtualMachineScaleSets configured with a Platform Image.",
    /doesn't support automatic OS upgrades for this platform image/,
    /Azure Compute Gallery/,
  ],
  [
    "validation",
    "BadRequest",
    "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because a health probe or health extension was not specified.",
    /Azure can't tell whether instances are healthy/,
    /Enable Automatic OS Upgrades/,
  ],
  [
    "validation",
    "BadRequest",
    "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because both a health probe and a health extension were provided. Remove the health probe or health extension prior to enabling automatic OS upgrade.",
    /both a health probe and a health extension\. Only one/,
    /Remove the probe or the extension/,
  ],
  [
    "conflict",
    "OperationNotAllowed",
    "Automatic OS Upgrade is not allowed on Virtual Machine Scale Sets having Service Fabric extension with durabilityLevel as 'Bronze'.",
    /Service Fabric durability is Bronze/,
    /Silver or Gold in the cluster/,
  ],
  [
    "validation",
    "BadRequest",
    "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01",
    /Windows Update or automatic OS upgrades, not both/,
    /Turn Windows Update Off and Retry/,
  ],
  [
    "validation",
    "BadRequest",
    "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.",
    /Azure can't tell whether instances are healthy/,
    /Enable Automatic OS Upgrades/,
  ],
  [
    "conflict",
    "OperationNotAllowed",
    "The OS Rolling Upgrade API cannot be used on a Virtual Machine Scale Set unless the Virtual Machine Scale Set has some unprotected instances which have imageReference.version set to latest.",
    /the image version isn't latest, or all instances are protected from scale set actions/,
    /Use the latest image, or turn off protectFromScaleSetActions/,
  ],
  [
    "conflict",
    "OperationNotAllowed",
    "Operation 'osRollingUpgrade' is not allowed on Virtual Machine Scale Set 'web'.",
    /doesn't allow this on the scale set/,
    /Explain Why It Didn't Upgrade/,
  ],
  [
    "conflict",
    "OperationNotAllowed",
    "Operation 'osRollingUpgrade' is not allowed on Virtual Machine Scale Set 'web' since a Rolling Upgrade is in progress.",
    /already running/,
    /cancel it/,
  ],
  [
    "conflict",
    "OperationNotAllowed",
    "There is no ongoing Rolling Upgrade to cancel.",
    /No rolling upgrade is running/,
    /history/,
  ],
  [
    "conflict",
    "PropertyChangeNotAllowed",
    "Changing property 'x' is not allowed.",
    /can't change on an existing scale set/,
    /Undo that change/,
  ],
  [
    "server",
    "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
    "",
    /didn't start the upgrade/,
    /Repair or reimage/,
  ],
  ["server", "MaxUnhealthyInstancePercentExceededInRollingUpgrade", "", /during the upgrade/i, /Repair/],
  [
    "server",
    "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
    "",
    /became unhealthy/,
    /new image/,
  ],
  [
    "server",
    "RollingUpgradeInProgressWithFailedUpgradedVMs",
    "",
    /instances failed during the upgrade/,
    /instance view/,
  ],
  ["server", "InternalExecutionError", "", /Unexpected error in Azure/, /support request/],
  ["server", "RollingUpgradeTimeoutError", "", /took longer than Azure allows/, /batch size/],
  [
    "server",
    "RollingUpgradeBatchStartTimeNotWithinScheduledWindows",
    "",
    /window closed before all batches had started/,
    /^Lengthen the window, raise the batch size, or shorten the pause/,
  ],
  ["server", "RollingUpgradeCanceled", "", /Someone cancelled/, /start an upgrade now/],
  [
    "validation",
    "BadRequest",
    "Virtual Machine Scale Set 'web' must have all VM instances upgraded to same Platform Image",
    /don't all run the same platform image/,
    /Update all instances to the latest model/,
  ],
];

describe("explanations of upgrades", () => {
  it("say in plain words what Azure refuses, and what to do", () => {
    for (const [kind, code, detail, summary, wayOut] of refusals) {
      const explanation = explain(kind, { host: "h", code, detail });
      assert.match(inEnglish(explanation.summary), summary, detail);
      assert.match(inEnglish(explanation.wayOut ?? verbatim("")), wayOut, detail);
    }
  });

  it("leave other answers with these general codes to what their kind says", () => {
    const quota = explain("conflict", { host: "h", code: "OperationNotAllowed", detail: "Quota exceeded." });
    assert.match(inEnglish(quota.summary), /current state doesn't allow this/);
    assert.match(
      inEnglish(explain("validation", { host: "h", code: "BadRequest" }).summary),
      /refused the request/,
    );
  });
});
