import { runFlow } from "../flow.ts";
import { configurationIdsOf, scaleSetIdsOf } from "../targets.ts";
import type { Handler } from "../tools.ts";

/** The three steps as one flow, for the scale sets or with the configuration that it was called on. */
export const setUp: Handler = (tools, nodes) =>
  runFlow(tools, ({ setUpFlow }, context) =>
    setUpFlow(context, { configurationIds: configurationIdsOf(nodes), scaleSetIds: scaleSetIdsOf(nodes) }),
  );
