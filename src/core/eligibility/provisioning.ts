import { message } from "../text/message.ts";
import { isSettled, provisioningStateOf } from "../resources/provisioning.ts";
import { lacksModel } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade } from "./sources.ts";

export const provisioningState: EligibilityRule = {
  id: "provisioning-state",
  severity: "warn",
  title: message("Azure's last work on the set succeeded"),
  sources: [automaticUpgrade],
  check: (scaleSet) => {
    const state = provisioningStateOf(scaleSet);
    if (state === undefined) {
      return lacksModel(message("Can't tell, because the document does not say its provisioning state."));
    }
    if (state.toLowerCase() === "succeeded") {
      return { status: "pass", observed: state, message: message("The provisioning state is Succeeded.") };
    }
    return isSettled(scaleSet)
      ? {
          status: "fail",
          observed: state,
          message: message(
            "The provisioning state is {0}: Azure's last work on the set did not end well, and an upgrade may end the same way.",
            state,
          ),
          fix: message("Find the reason in the activity log of the set, mend it, and update the set."),
        }
      : {
          status: "fail",
          observed: state,
          message: message("The provisioning state is {0}: Azure is still at work on the set.", state),
          fix: message("Wait until Azure has ended its work on the set."),
        };
  },
};
