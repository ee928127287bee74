import type { FlowRunner } from "../flowRunner.ts";
import type { Handler } from "../handler.ts";
import { knowsSetsAndConfiguration } from "../known.ts";
import { configurationIdsOf, scaleSetIdsOf } from "../targets.ts";

/** The three steps as one flow, for the scale sets or with the configuration that it was called on. */
export const setUp =
  ({ flows }: { readonly flows: FlowRunner }): Handler =>
  (nodes) =>
    flows.run(
      ({ setUpFlow }, context) =>
        setUpFlow(context, {
          configurationIds: configurationIdsOf(nodes),
          scaleSetIds: scaleSetIdsOf(nodes),
        }),
      { knows: knowsSetsAndConfiguration(nodes) },
    );
