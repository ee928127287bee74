import type { Json, JsonObject } from "../../core/resources/json.ts";
import { parseId } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import { oneLine } from "../../core/text/visible.ts";
import { apiVersions } from "../code/apiVersions.ts";
import { companionFiles } from "../code/companion.ts";
import { declaredNotes } from "../code/declaredNotes.ts";
import type { Exporter } from "../code/exporter.ts";
import { deploymentOf, ownedParts, ownerNote, templateNotes, type Deployed } from "../template/deployment.ts";
import type { TemplatePiece } from "../template/templateKinds.ts";
import { armLiteral, armObject, armValue } from "./quote.ts";

const groups = "Microsoft.Resources/resourceGroups";
const sets = "Microsoft.Compute/virtualMachineScaleSets";

/** A plan as a template of ARM in JSON, and a companion script where it needs one. */
export const arm: Exporter = function* (input, context) {
  const deployment = yield* deploymentOf(input);
  const { stages, deployed } = deployment;
  const file = "azuredeploy.json";
  const needs = message("Needs Azure CLI {0} or later.", "2.20");
  const notes = [...(yield* declaredNotes(input, stages, templateNotes(deployment, file, needs), context))];
  for (const { scaleSet, body } of ownedParts(deployment))
    notes.push(context.say(ownerNote(scaleSet)), JSON.stringify(body));
  const resources: string[] = [];
  for (const one of deployed) {
    // One by one: all of a large fleet at once would hold up others.
    resources.push(`\n${JSON.stringify(resourceFor(one), undefined, 2)}`.replaceAll("\n", "\n    "));
    yield;
  }
  const head = {
    $schema: "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    // JSON has no comments that every tool takes.
    metadata: { comments: notes.filter((line) => line !== "").map((line) => armValue(oneLine(line))) },
  };
  const list = resources.length === 0 ? "[]" : `[${resources.join(",")}\n  ]`;
  const text = `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "resources": ${list}\n}\n`;
  return [{ path: file, languageId: "json", text }, ...(yield* companionFiles(stages, input, context))];
};

function resourceFor({ label, piece, change, subscriptionId, resourceGroup, needs }: Deployed): JsonObject {
  if (piece.module === "group") {
    const { name, location } = piece;
    return { type: groups, apiVersion: apiVersions.resources, ...armObject({ name, location }) };
  }
  return {
    type: "Microsoft.Resources/deployments",
    apiVersion: apiVersions.resources,
    name: label,
    ...armObject({ subscriptionId, resourceGroup }),
    ...(needs.length > 0 && { dependsOn: needs.map(reference) }),
    properties: {
      mode: "Incremental",
      // Otherwise its expressions are those of the outer template.
      expressionEvaluationOptions: { scope: "inner" },
      template: {
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        contentVersion: "1.0.0.0",
        resources: [armObject(innerResource(piece, change.target))],
      },
    },
  };
}

/** What stands in `dependsOn` for a resource of the same template. */
function reference({ label, piece }: Deployed): Json {
  if (piece.module !== "group") return label;
  return `[subscriptionResourceId('${groups}', ${armLiteral(piece.name)})]`;
}

/** What is deployed into a resource group. */
function innerResource(piece: Exclude<TemplatePiece, { module: "group" }>, target: string): JsonObject {
  switch (piece.module) {
    case "configuration": {
      const { name, location, tags, properties } = piece;
      const type = "Microsoft.Maintenance/maintenanceConfigurations";
      return { type, apiVersion: apiVersions.maintenance, name, location, tags, properties };
    }
    case "association": {
      const { scaleSet, name, location, configurationId } = piece;
      return {
        type: "Microsoft.Maintenance/configurationAssignments",
        apiVersion: apiVersions.maintenance,
        name,
        scope: `${sets}/${scaleSet}`,
        location,
        properties: {
          maintenanceConfigurationId: configurationId,
          resourceId: parseId(target)?.scope,
        },
      };
    }
    case "extension": {
      const { scaleSet, name, properties } = piece;
      const type = `${sets}/extensions`;
      return { type, apiVersion: apiVersions.compute, name: `${scaleSet}/${name}`, properties };
    }
  }
}
