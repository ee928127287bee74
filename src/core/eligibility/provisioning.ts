import { message } from "../text/message.ts";
import { isSettled, provisioningStateOf } from "../resources/provisioning.ts";
import { lacksMember } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade } from "./sources.ts";

export const provisioningState: EligibilityRule = {
  id: "provisioning-state",
  severity: "warn",
  title: message("Azure's last operation on the scale set succeeded"),
  sources: [automaticUpgrade],
  check: (scaleSet) => {
    const state = provisioningStateOf(scaleSet);
    if (state === undefined) {
      return lacksMember("provisioningState");
    }
    if (state.toLowerCase() === "succeeded") {
      return { status: "pass", observed: state, message: message("The provisioning state is Succeeded.") };
    }
    return isSettled(scaleSet)
      ? {
          status: "fail",
          observed: state,
          message: message(
            "The provisioning state is {0}. Azure's last operation on the scale set didn't succeed. An upgrade may fail too.",
            state,
          ),
          fix: message("Find the cause in the scale set's activity log, fix it, then update the scale set."),
        }
      : {
          status: "fail",
          observed: state,
          message: message("The provisioning state is {0}. Azure is still changing the scale set.", state),
          fix: message("Wait until Azure has finished."),
        };
  },
};
