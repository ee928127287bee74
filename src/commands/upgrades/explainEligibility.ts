import * as vscode from "vscode";
import { chosenScope } from "../chosenScope.ts";
import { loadExplainer } from "./explained.ts";
import { keyOf, scopeOf } from "../scopes.ts";
import type { Handler } from "../tools.ts";

/** Up to so many sets are asked about without being told to: each takes some calls, and Azure counts them. */
const few = 20;

/** Opens a page that says what keeps the scale sets from upgrading, and follows them while it is open. */
export const explainEligibility: Handler = async (tools, nodes) => {
  const { store, facts, pages } = tools;
  const scope = await chosenScope(tools, nodes);
  const explainer = await loadExplainer(tools);
  pages.show({
    key: `eligibility ${keyOf(scope)}`,
    commands: explainer.commands,
    render: (nonce) => explainer.page(scope, nonce),
    follow: (changed) => vscode.Disposable.from(store.onDidChange(changed), facts.onDidChange(changed)),
    isUnsettled: () => facts.isBusy,
  });
  const { records } = scopeOf(scope, store.snapshot);
  if (records.length <= few) await facts.readStale(records);
};
