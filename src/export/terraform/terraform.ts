import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { idKey, isAssignmentId, isScaleSetId, nameOf, parseId } from "../../core/resources/ids.ts";
import { message, type Message } from "../../core/text/message.ts";
import { companionFiles } from "../code/companion.ts";
import type { CodeContext } from "../code/context.ts";
import { declaredNotes, type OwnNotes } from "../code/declaredNotes.ts";
import type { Exporter } from "../code/exporter.ts";
import type { CodeInput } from "../code/input.ts";
import { stagesOf, type Declared } from "../code/stages.ts";
import { isUnsayable } from "../code/steps.ts";
import { azapiKinds, hclOf, setOfExtension } from "./azapiKinds.ts";
import { azurermKinds } from "./azurermKinds.ts";
import { blockText, itemsText, type Argument, type Block } from "./hcl.ts";
import { ownedByAzurerm, type AzurermMajor, type Owned } from "./owned.ts";
import type { TerraformPiece } from "./piece.ts";
import { hclComment } from "./quote.ts";
import { resourcesOf, type Resources } from "./resources.ts";

/** What a plan is written for: a major version of azurerm, with azapi beside it where it has to be, or azapi alone. */
type Flavour = AzurermMajor | "azapi";

/** A plan as Terraform with azurerm 4.x. */
export const azurerm4: Exporter = (input, context) => terraform(4, input, context);
/** A plan as Terraform with azurerm 5.x. */
export const azurerm5: Exporter = (input, context) => terraform(5, input, context);
/** A plan as Terraform with azapi alone. */
export const azapi: Exporter = (input, context) => terraform("azapi", input, context);

/** One file, and a companion script where it needs one. */
function* terraform(flavour: Flavour, input: CodeInput, context: CodeContext): ReturnType<Exporter> {
  const stages = yield* stagesOf(declarable(input), declaring(flavour, input));
  const resources = yield* resourcesOf(stages.declared);
  const notes = yield* declaredNotes(input, stages, ownNotes(input, resources), context);
  const parts = [
    notes.map(hclComment).join("\n"),
    blockText(requiredProviders(flavour, resources)),
    ...providerBlocks(flavour, resources, context.cloud).map((block) => blockText(block)),
  ];
  for (const blocks of resources.blocks) {
    parts.push(...blocks.map((block) => blockText(block)));
    yield;
  }
  for (const change of input.changes) {
    const lines = ownerLines(flavour, change, resources.addressOf(change), context);
    if (lines.length > 0) parts.push(lines.map(hclComment).join("\n"));
    yield;
  }
  return [
    { path: "main.tf", languageId: "terraform", text: `${parts.join("\n\n")}\n` },
    ...(yield* companionFiles(stages, input, context)),
  ];
}

/** Of what is there, a part of a scale set is nothing that Terraform could import: it is only told to the set's owner. */
function declarable(input: CodeInput): CodeInput {
  if (input.isThere !== true) return input;
  return { ...input, changes: input.changes.filter(({ target }) => !isScaleSetId(target)) };
}

function declaring(flavour: Flavour, input: CodeInput): (change: Change) => Declared<TerraformPiece> {
  const sets = input.changes.flatMap(({ target }) =>
    isAssignmentId(target) ? [idKey(parseId(target)?.scope ?? "")] : [],
  );
  const associationsOf = Map.groupBy(sets, (set) => set);
  const kinds = flavour === "azapi" ? azapiKinds : azurermKinds;
  const surroundings = {
    isThere: input.isThere === true,
    hasSeveral: (set: string) => (associationsOf.get(idKey(set)) ?? []).length > 1,
  };
  return (change) => kinds[change.kind](change, surroundings);
}

function ownNotes({ isThere, changes }: CodeInput, { usesActions }: Resources): OwnNotes {
  const tagNames = changes.flatMap(({ after }) => Object.keys(after?.["tags"] ?? {}));
  return {
    commands: ["terraform init", "terraform plan", "terraform apply"],
    needs: [
      message("Needs Terraform {0} or later, with the providers below.", "1.5"),
      ...(isThere === true
        ? [message("Everything below is imported. The plan must create, replace and destroy nothing.")]
        : []),
      ...(tagNames.some((name) => name !== name.toLowerCase())
        ? [message("Tag names are in lower case here, as Azure returns them.")]
        : []),
      ...(usesActions
        ? [message("An {0} runs once, and again only if it changes here.", "azapi_resource_action")]
        : []),
    ],
    whyScript: message(
      "In {0}, because Terraform deletes only what it manages. If it manages this, remove the block instead:",
      "companion.sh",
    ),
  };
}

function requiredProviders(flavour: Flavour, { usesAzapi }: Resources): Block {
  const providers: Block["items"] = [
    [
      "azurerm",
      flavour === "azapi" ? undefined : { source: "hashicorp/azurerm", version: `~> ${flavour}.0` },
    ],
    ["azapi", flavour === "azapi" || usesAzapi ? { source: "Azure/azapi", version: "~> 2.0" } : undefined],
  ];
  return {
    head: "terraform",
    items: [["required_version", ">= 1.5.0"], { head: "required_providers", items: providers }],
  };
}

/** What the providers call the clouds that are not the public one. */
const environments: Readonly<Record<string, string>> = {
  AzureUSGovernment: "usgovernment",
  AzureChinaCloud: "china",
};

function providerBlocks(
  flavour: Flavour,
  { subscriptions, usesAzapi }: Resources,
  cloud: string,
): readonly Block[] {
  const environment = Object.hasOwn(environments, cloud) ? environments[cloud] : undefined;
  const azurerm = subscriptions.map(({ id, alias, registers }): Block => ({
    head: `provider "azurerm"`,
    items: [
      ["alias", alias],
      ["subscription_id", id],
      ["environment", environment],
      ["resource_provider_registrations", "none"],
      ["resource_providers_to_register", registers ? ["Microsoft.Maintenance"] : undefined],
      { head: "features", items: [] },
    ],
  }));
  const needsAzapi = usesAzapi || (flavour === "azapi" && environment !== undefined);
  return needsAzapi
    ? [...azurerm, { head: `provider "azapi"`, items: [["environment", environment]] }]
    : azurerm;
}

/** What the owner of a scale set has to know: a block of Terraform's would take the change back. */
function ownerLines(
  flavour: Flavour,
  change: Change,
  address: string | undefined,
  { say }: CodeContext,
): readonly string[] {
  const owned = flavour === "azapi" ? ownedByAzapi(change) : ownedByAzurerm(change, flavour);
  if (owned === undefined || isUnsayable(change)) return [];
  const { items, unsaid } = owned;
  const set = nameOf(isScaleSetId(change.target) ? change.target : setOfExtension(change.target));
  const text = itemsText(items);
  const where =
    address === undefined
      ? message("In the block of scale set {0}, if Terraform manages it:", set)
      : message(
          "If Terraform manages scale set {0}, remove {1} here and write this into its block:",
          set,
          address,
        );
  const missing = message("The block of scale set {0} has no argument for {1}.", set, unsaid.join(", "));
  return [
    ...(text === "" ? [] : [say(where), ...text.split("\n")]),
    ...(unsaid.length === 0 ? [] : [say(missing)]),
    ...ownerWarnings(items).map(say),
  ];
}

/** What azurerm makes of some arguments of a scale set. */
function ownerWarnings(items: Block["items"]): readonly Message[] {
  const blocks = new Set(items.map((item) => ("head" in item ? item.head : "")));
  const mode = items.find((item): item is Argument => !("head" in item) && item[0] === "upgrade_mode")?.[1];
  const warnings: Message[] = [];
  if (blocks.has("automatic_os_upgrade_policy"))
    warnings.push(
      message(
        "azurerm takes {0} only with upgrade_mode Automatic or Rolling, and not in {1}.",
        "automatic_os_upgrade_policy",
        "azurerm_orchestrated_virtual_machine_scale_set",
      ),
    );
  if (mode === "Rolling")
    warnings.push(
      message(
        "For Rolling, azurerm wants {0} and a source of health in the same block: {1} or {2}.",
        "rolling_upgrade_policy",
        "health_probe_id",
        "extension",
      ),
    );
  if (mode !== undefined || blocks.has("rolling_upgrade_policy"))
    warnings.push(
      message(
        "Terraform replaces the scale set if {0} changes or {1} is added: look for that in its plan.",
        "upgrade_mode",
        "rolling_upgrade_policy",
      ),
    );
  return warnings;
}

/** Changes of a scale set by PATCH. */
const patches: ReadonlySet<ChangeKind> = new Set([
  "setUpgradePolicy",
  "setImageReference",
  "setAutomaticUpdates",
  "setPatchSettings",
]);

function ownedByAzapi({ kind, after }: Change): Owned | undefined {
  if (!patches.has(kind) || after === undefined) return undefined;
  return { items: [["body", hclOf(after)]], unsaid: [] };
}
