import * as vscode from "vscode";
import type { Pages } from "../../ui/pages.ts";
import { chosenScope } from "../chosenScope.ts";
import { loadExplainer, type ExplainerOptions } from "./explained.ts";
import { keyOf, scopeOf } from "../scopes.ts";
import type { Handler } from "../handler.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";

interface Options extends FleetAccess, ExplainerOptions {
  readonly pages: Pages;
}

/** At most this many scale sets are checked automatically: each takes some calls, and Azure counts them. */
const maxUnaskedSets = 20;

/** Opens a page that says what keeps the scale sets from upgrading, and follows them while it is open. */
export const explainEligibility =
  ({ session, store, facts, pages }: Options): Handler =>
  async (nodes, selected) => {
    const scope = await chosenScope({ session, store }, nodes, {
      title: vscode.l10n.t("Explain Why It Didn't Upgrade"),
      selected,
    });
    const explainer = await loadExplainer({ store, facts });
    pages.show({
      key: `eligibility ${keyOf(scope)}`,
      commands: explainer.commands,
      render: (nonce) => explainer.page(scope, nonce),
      follow: (changed) => vscode.Disposable.from(store.onDidChange(changed), facts.onDidChange(changed)),
      isUnsettled: () => facts.isBusy,
    });
    const { records } = scopeOf(scope, store.snapshot);
    if (records.length <= maxUnaskedSets) await facts.readStale(records);
  };
