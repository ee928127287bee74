import { sameId } from "../../core/resources/ids.ts";
import type { Json } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import { apiVersions } from "../code/apiVersions.ts";
import { companionFiles } from "../code/companion.ts";
import { declaredNotes } from "../code/declaredNotes.ts";
import type { Exporter } from "../code/exporter.ts";
import {
  deploymentOf,
  groupFor,
  ownedParts,
  ownerNote,
  templateNotes,
  type Deployed,
} from "../template/deployment.ts";
import { bicepModules } from "./modules.ts";
import { bicepComment, bicepText, bicepValue } from "./quote.ts";

/** A plan as Bicep: a file at the scope of a subscription, its modules, and a companion script where it needs one. */
export const bicep: Exporter = function* (input, context) {
  const deployment = yield* deploymentOf(input);
  const { stages, deployed } = deployment;
  const needs = message("Needs Azure CLI {0} with Bicep {1} or later.", "2.20", "0.4");
  const notes = yield* declaredNotes(input, stages, templateNotes(deployment, "main.bicep", needs), context);
  const parts = [notes.map(bicepComment).join("\n"), "targetScope = 'subscription'"];
  for (const one of deployed) {
    parts.push(one.piece.module === "group" ? groupText(one.label, one.piece) : moduleText(one));
    yield;
  }
  for (const { scaleSet, body } of ownedParts(deployment)) {
    const lines = [context.say(ownerNote(scaleSet)), ...`${bicepValue(body)}`.split("\n").slice(1, -1)];
    parts.push(lines.map(bicepComment).join("\n"));
    yield;
  }
  const used = new Set<string>(deployed.map(({ piece }) => piece.module));
  const modules = Object.entries(bicepModules).filter(([name]) => used.has(name));
  return [
    { path: "main.bicep", languageId: "bicep", text: `${parts.join("\n\n")}\n` },
    ...modules.map(([name, text]) => ({ path: `modules/${name}.bicep`, languageId: "bicep", text })),
    ...(yield* companionFiles(stages, input, context)),
  ];
};

function groupText(
  label: string,
  { name, location }: { readonly name: string; readonly location: string },
): string {
  const body = bicepValue({ name, location });
  return `resource ${label} 'Microsoft.Resources/resourceGroups@${apiVersions.resources}' = ${body}`;
}

function moduleText(one: Deployed): string {
  const { label, piece, subscriptionId, resourceGroup, needs } = one;
  const { module, ...values } = piece;
  const group = groupFor(one);
  // A symbol tells Bicep what to wait for; the rest is said by name.
  const configuration =
    piece.module === "association" ? configurationFor(one, piece.configurationId) : undefined;
  const others = needs.filter((need) => need !== group && need !== configuration);
  const params = Object.entries(values).map(([name, value]: [string, Json]) => {
    const isOutput = name === "configurationId" && configuration !== undefined;
    return `    ${name}: ${isOutput ? `${configuration.label}.outputs.id` : bicepValue(value, "    ")}\n`;
  });
  const scope = `resourceGroup(${bicepText(subscriptionId)}, ${bicepText(resourceGroup)})`;
  return [
    `module ${label} 'modules/${module}.bicep' = {`,
    `  name: ${bicepText(label)}`,
    `  scope: ${group?.label ?? scope}`,
    `  params: {\n${params.join("")}  }`,
    ...(others.length === 0
      ? []
      : [`  dependsOn: [\n${others.map((need) => `    ${need.label}\n`).join("")}  ]`]),
    "}",
  ].join("\n");
}

function configurationFor({ needs }: Deployed, id: string): Deployed | undefined {
  return needs.find(({ piece, change }) => piece.module === "configuration" && sameId(change.target, id));
}
