import type { Change } from "../../core/plans/plan.ts";
import { isScaleSetId, nameOf, parseId, sameId, subscriptionOf } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { message, type Message } from "../../core/text/message.ts";
import { word } from "../azureCli/quoting.ts";
import type { OwnNotes } from "../code/declaredNotes.ts";
import type { CodeInput } from "../code/input.ts";
import { Labels } from "../code/labels.ts";
import { stagesOf, type Stages } from "../code/stages.ts";
import { isUnsayable } from "../code/steps.ts";
import { templateKinds, type TemplatePiece } from "./templateKinds.ts";

/** A change in a template: a resource group, or a module deployed into one. */
export interface Deployed {
  readonly change: Change;
  readonly piece: TemplatePiece;
  /** Its symbol, and the name of its deployment: unique in the file. */
  readonly label: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** What has to be deployed before it. */
  readonly needs: readonly Deployed[];
}

/** A plan as a deployment at the scope of a subscription. */
export interface Deployment {
  readonly subscription: string;
  /** The region in which Azure keeps the deployment. */
  readonly location: string;
  readonly stages: Stages<TemplatePiece>;
  readonly deployed: readonly Deployed[];
}

/** What is deployed of a plan, and where. */
export function* deploymentOf(input: CodeInput): Sliced<Deployment> {
  const { changes } = input;
  const first = changes.find(({ kind }) => kind === "createResourceGroup") ?? changes[0];
  const subscription = subscriptionOf(first?.target ?? "");
  const stages = yield* stagesOf(input, (change) => templateKinds[change.kind](change, subscription));
  const labels = new Labels();
  const byChange = new Map<string, Deployed>();
  yield* inPieces(stages.declared, ({ change, piece }) => {
    const { subscriptionId = "", resourceGroup = "" } = parseId(change.target) ?? {};
    const label = labels.next("scaleSet" in piece ? piece.scaleSet : piece.name, piece.module);
    const needs = change.needs.flatMap((id) => byChange.get(id) ?? []);
    byChange.set(change.id, { change, piece, label, subscriptionId, resourceGroup, needs });
  });
  const location = changes
    .map(({ after }) => textAt(after, "location"))
    .find((region) => region !== undefined);
  return { subscription, location: location ?? "westeurope", stages, deployed: [...byChange.values()] };
}

/** The resource group that the deployment creates for a module. */
export function groupFor({ needs, resourceGroup }: Deployed): Deployed | undefined {
  return needs.find(({ piece }) => piece.module === "group" && sameId(piece.name, resourceGroup));
}

/** What the head of a template says. */
export function templateNotes(
  { subscription, location }: Deployment,
  file: string,
  needs: Message,
): OwnNotes {
  return {
    commands: [
      `az deployment sub create --subscription ${word(subscription)} --location ${word(location)} --template-file ${file}`,
    ],
    needs: [
      needs,
      message(
        "The deployment itself needs {0} on /subscriptions/{1}.",
        "Microsoft.Resources/deployments/*",
        subscription,
      ),
    ],
    whyScript: message("In {0}, because a template has no PATCH, POST or DELETE:", "companion.sh"),
  };
}

/** What is written into the file that owns a scale set, since a template can't change a part of one. */
export interface OwnedPart {
  readonly scaleSet: string;
  readonly body: JsonObject;
}

/** The changes of scale sets that the companion script makes, by their bodies. */
export function ownedParts({ stages: { before, after } }: Deployment): readonly OwnedPart[] {
  return [...before, ...after].flatMap((change) => {
    const { target, after: body } = change;
    const isSaid = isScaleSetId(target) && body !== undefined && !isUnsayable(change);
    return isSaid ? [{ scaleSet: nameOf(target), body }] : [];
  });
}

/** Why its owner has to be told. */
export function ownerNote(scaleSet: string): Message {
  return message(
    "If a template of yours owns scale set {0}, write this into it. Otherwise its next deployment can undo the change:",
    scaleSet,
  );
}
