import type { Plan } from "../../core/plans/plan.ts";
import { distinctIds, subscriptionOf } from "../../core/resources/ids.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import { commentText, headerLines } from "../code/comments.ts";
import { publicClouds, type CodeContext } from "../code/context.ts";
import type { CodeInput } from "../code/input.ts";
import { premiseOf, requirementsOf, type Look, type Requirement, type State } from "../code/premises.ts";
import { isUnsayable, requestMissing, stepsOf, type Step } from "../code/steps.ts";
import { commands, usesExtension } from "./commands.ts";
import { functionLines } from "./functions.ts";
import { asciiJson, queryOf, word } from "./quoting.ts";

/** The oldest Azure CLI that the extension for maintenance runs in. */
const cliVersion = "2.75.0";

/** The lines that make changes, in their order, indented by `margin`. */
export function* changeLines(
  changes: Plan["changes"],
  context: CodeContext,
  margin = "",
): Sliced<readonly string[]> {
  const lines: string[] = [];
  yield* inPieces(stepsOf(changes), (step) => {
    lines.push("", ...stepLines(step, context).map((line) => (line === "" ? "" : margin + line)));
  });
  return lines;
}

/** A whole script: `body` and what it needs. `usage`: what the header says of how it is run. */
export function* scriptText(
  input: CodeInput,
  body: readonly string[],
  context: CodeContext,
  usage: readonly string[] = [],
): Sliced<string> {
  const extension = body.some((line) => usesExtension(line.trim()));
  const needs = extension
    ? message(
        "Needs Azure CLI {0} or later, signed in. Installs its extension {1}.",
        cliVersion,
        "maintenance",
      )
    : message("Needs Azure CLI {0} or later, signed in.", cliVersion);
  const header = yield* headerLines(input, [needs], context);
  return [
    "#!/usr/bin/env bash",
    ...[...header, ...usage].map((line) => `# ${line}`.trimEnd()),
    "set -euo pipefail",
    `# ${commentText(message("Git Bash would take ids, which begin with a slash, for paths."), context)}`,
    "export MSYS_NO_PATHCONV=1",
    ...functionLines(body, context),
    ...beginning(input, extension, context),
    ...body,
    "",
  ].join("\n");
}

/** Nothing is written unless all subscriptions are there, in the cloud that the plan was made for. */
function beginning(input: CodeInput, extension: boolean, context: CodeContext): readonly string[] {
  const subscriptions = distinctIds(input.changes.map(({ target }) => subscriptionOf(target)));
  if (subscriptions.length === 0) return [];
  const { cloud } = context;
  const wrong = word(
    commentText(message("This script is for the cloud {0}. You're signed in to:", cloud), context),
  );
  const checked = publicClouds.includes(cloud)
    ? [
        `  cloud=$(az account show --subscription "$subscription" --query environmentName --output tsv)`,
        `  [[ -z $cloud || \${cloud%$'\\r'} == ${word(cloud)} ]] || stop ${wrong}" $cloud"`,
      ]
    : [`  az account show --subscription "$subscription" --output none`];
  return [
    "",
    `for subscription in ${subscriptions.map(word).join(" ")}; do`,
    ...checked,
    "done",
    ...(extension ? ["az extension add --name maintenance --upgrade --only-show-errors --output none"] : []),
  ];
}

function stepLines(step: Step, context: CodeContext): readonly string[] {
  const { change, number, remedies } = step;
  const title = commentText(change.title, context);
  const comment = `# ${number}. ${title}`;
  if (isUnsayable(change)) {
    const why = commentText(requestMissing, context);
    return [comment, `stop ${word(`${title}: ${why}`)}`];
  }
  const lines = [comment, ...checkedLines(step, title)];
  if (remedies.length === 0) return lines;
  const restore = `restore_${number}`;
  return [
    `# ${commentText(message("If the next change fails, this restores what was removed for it."), context)}`,
    `${restore}() {`,
    "  local status=$?",
    "  trap - EXIT",
    ...remedies.flatMap((remedy) => stepLines(remedy, context)).map((line) => `  ${line}`),
    '  exit "$status"',
    "}",
    `trap ${restore} EXIT`,
    ...lines,
    "trap - EXIT",
  ];
}

function checkedLines({ change }: Step, title: string): readonly string[] {
  const written = [...requirementsOf(change).flatMap(requirementLines), ...commands[change.kind](change)];
  const premise = premiseOf(change);
  if (premise === undefined) return [`printf '%s\\n' ${word(title)}`, ...written];
  const { look, before, after } = premise;
  const reviewed = before === "anything" ? ["*"] : before.map((state) => stateText(look, state));
  const done = after === undefined ? "-" : stateText(look, after);
  return [
    lookLine(look, [done, ...reviewed]),
    `if needed ${[title, done, ...reviewed].map(word).join(" ")}; then`,
    ...written.map((line) => `  ${line}`),
    "fi",
  ];
}

function lookLine(look: Look, states: readonly string[]): string {
  if (look.at === "resource") return `look ${word(look.path)} ${word(queryOf(look.members))}`;
  const ids = states.filter((state) => state.startsWith('"'));
  return `association ${[look.path, asciiJson(look.name), ...ids].map(word).join(" ")}`;
}

function stateText({ at }: Look, state: State): string {
  if (state === "nothing") return "";
  return asciiJson(at === "associations" ? (state[0] ?? null) : state);
}

function requirementLines(requirement: Requirement): readonly string[] {
  if (requirement.must === "beUnused") {
    const { id, sets } = requirement;
    return sets.map(
      ({ path, named }) => `unused ${[path, asciiJson(id), ...named.map(asciiJson)].map(word).join(" ")}`,
    );
  }
  const { id, look } = requirement;
  const states = requirement.states.map((state) => stateText(look, state));
  return [lookLine(look, states), `required ${[id, ...states].map(word).join(" ")}`];
}
