import assert from "node:assert/strict";
import { test } from "node:test";
import { repairs } from "../../../../src/core/plans/upgradePlans.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { changedValues } from "../../../../src/flows/review/changedValues.ts";
import { scaleSet } from "../../core/scaleSets.ts";

test("a member that is taken away becomes none", () => {
  const automaticByPlatformSettings = { rebootSetting: "IfRequired" };
  const patchSettings = { patchMode: "AutomaticByPlatform", automaticByPlatformSettings };
  const resource = scaleSet({ osProfile: { linuxConfiguration: { patchSettings } } });
  const [repair] = repairs({ id: resource.id, resource }, { patchMode: "ImageDefault" });
  assert.ok(repair);
  assert.deepEqual(changedValues(repair).map(inEnglish), [
    "patchMode: AutomaticByPlatform → ImageDefault",
    'automaticByPlatformSettings: {"rebootSetting":"IfRequired"} → none',
  ]);
});
