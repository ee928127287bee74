import { distinctIds, subscriptionOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import { commentText, headerLines } from "../code/comments.ts";
import { publicClouds, type CodeContext } from "../code/context.ts";
import type { Exporter } from "../code/exporter.ts";
import type { CodeInput } from "../code/input.ts";
import type { Member } from "../code/members.ts";
import { premiseOf, requirementsOf, type Look, type Requirement, type State } from "../code/premises.ts";
import { isUnsayable, requestMissing, stepsOf, type Step } from "../code/steps.ts";
import { statements } from "./cmdlets.ts";
import { functionLines } from "./functions.ts";
import { literal } from "./quoting.ts";

/** Modules and the oldest version that has what the cmdlets take, with a cmdlet by which a script shows that it uses one. */
const modules: readonly (readonly [name: string, version: string, cmdlets: RegExp])[] = [
  ["Az.Accounts", "2.12.0", /^/],
  ["Az.Compute", "5.0.0", /\b\w+-AzVmss/],
  ["Az.Maintenance", "1.3.0", /\b\w+-Az(MaintenanceConfiguration|ConfigurationAssignment)\b/],
  ["Az.Resources", "6.0.0", /\b\w+-AzResource(Group|Provider)\b/],
];

/** A plan as one script of Azure PowerShell. */
export const powershell: Exporter = function* (input, context) {
  const body: string[] = [];
  let subscription = "";
  yield* inPieces(stepsOf(input.changes), (step) => {
    const own = subscriptionOf(step.change.target);
    const changed = own.toLowerCase() !== subscription.toLowerCase();
    subscription = own;
    body.push("", ...(changed ? [contextLine(own)] : []), ...stepLines(step, context));
  });
  const text = yield* scriptText(input, body, context);
  const isAscii = /^[\0-\x7f]*$/.test(text);
  // Windows PowerShell would read anything but ASCII as another encoding, in which bytes of letters are quotes.
  return [{ path: "plan.ps1", languageId: "powershell", text, ...(!isAscii && { encoding: "utf8bom" }) }];
};

function* scriptText(input: CodeInput, body: readonly string[], context: CodeContext): Sliced<string> {
  const functions = functionLines(body, context);
  const code = [...functions, ...body].join("\n");
  const needed = modules.filter(([, , cmdlets]) => cmdlets.test(code));
  const names = needed.map(([name, version]) => `${name} ${version}`).join(", ");
  const needs = message("Needs PowerShell 5.1 or later and {0}. Run Connect-AzAccount first.", names);
  const required = needed.map(
    ([name, version]) => `@{ ModuleName = '${name}'; ModuleVersion = '${version}' }`,
  );
  const header = yield* headerLines(input, [needs], context);
  return [
    ...header.map((line) => `# ${line}`.trimEnd()),
    "#Requires -Version 5.1",
    `#Requires -Modules ${required.join(", ")}`,
    "$ErrorActionPreference = 'Stop'",
    "$ProgressPreference = 'SilentlyContinue'",
    ...functions,
    ...beginning(input, context),
    ...body,
    "",
  ].join("\n");
}

/** Nothing is written unless all subscriptions are there, in the cloud that the plan was made for. */
function beginning(input: CodeInput, context: CodeContext): readonly string[] {
  const subscriptions = distinctIds(input.changes.map(({ target }) => subscriptionOf(target)));
  const { cloud } = context;
  const wrong = commentText(message("This script is for the cloud {0}.", cloud), context);
  return [
    ...(subscriptions.length > 0 ? [""] : []),
    ...(subscriptions.length > 0 && publicClouds.includes(cloud)
      ? [`if ((Get-AzContext).Environment.Name -ne ${literal(cloud)}) { throw ${literal(wrong)} }`]
      : []),
    ...(subscriptions.length > 1 ? subscriptions.map(contextLine) : []),
  ];
}

/** Only of this process: otherwise other windows would change theirs too. */
function contextLine(subscriptionId: string): string {
  return `Set-AzContext -Subscription ${literal(subscriptionId)} -Scope Process | Out-Null`;
}

function stepLines(step: Step, context: CodeContext): readonly string[] {
  const { change, number, remedies } = step;
  const title = commentText(change.title, context);
  const comment = `# ${number}. ${title}`;
  if (isUnsayable(change)) {
    const why = commentText(requestMissing, context);
    return [comment, `throw ${literal(`${title}: ${why}`)}`];
  }
  const lines = [comment, ...checkedLines(step, title)];
  if (remedies.length === 0) return lines;
  return [
    "try {",
    ...lines.map(indented),
    "} catch {",
    `    # ${commentText(message("This restores what was removed for it."), context)}`,
    ...remedies
      .flatMap((remedy) => [contextLine(subscriptionOf(remedy.change.target)), ...stepLines(remedy, context)])
      .map(indented),
    "    throw",
    "}",
  ];
}

function checkedLines({ change }: Step, title: string): readonly string[] {
  const written = [...requirementsOf(change).flatMap(requirementLines), ...statements[change.kind](change)];
  const premise = premiseOf(change);
  if (premise === undefined) return [`Write-Host ${literal(title)}`, ...written];
  const { look, before, after } = premise;
  const reviewed = before === "anything" ? ["*"] : before.map((state) => stateText(look, state));
  const call = [
    `Test-Needed ${literal(title)} (${readLine(look)})`,
    ...(after === undefined ? [] : [`-Done ${literal(stateText(look, after))}`]),
    `-Reviewed ${reviewed.map(literal).join(", ")}`,
    ...defaultsOf(look),
  ];
  return [`if (${call.join(" ")}) {`, ...written.map(indented), "}"];
}

function readLine(look: Look): string {
  return look.at === "resource"
    ? `Get-Arm ${literal(look.path)}`
    : `Get-Association ${literal(look.path)} ${literal(look.name)}`;
}

/** A state as JSON: values by JSON pointers; with `#` in front how many members there are. */
function stateText(look: Look, state: State): string {
  if (state === "nothing") return "";
  if (look.at === "associations")
    return JSON.stringify({ "/properties/maintenanceConfigurationId": state[0] ?? null });
  return JSON.stringify(
    Object.fromEntries(look.members.map((member, index) => [pointerTo(member), state[index] ?? null])),
  );
}

function defaultsOf(look: Look): readonly string[] {
  const members = look.at === "resource" ? look.members : [];
  const defaults = members.flatMap((member) =>
    member.standard === undefined ? [] : [[pointerTo(member), member.standard] as const],
  );
  if (defaults.length === 0) return [];
  const json: JsonObject = Object.fromEntries(defaults);
  return [`-Defaults ${literal(JSON.stringify(json))}`];
}

function pointerTo({ path, isCount }: Member): string {
  const names = path.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return `${isCount === true ? "#" : ""}${names.join("")}`;
}

function requirementLines(requirement: Requirement): readonly string[] {
  if (requirement.must === "beUnused") {
    const { id, sets } = requirement;
    return sets.map(({ path, named }) =>
      ["Assert-Unused", literal(path), literal(id), `@(${named.map(literal).join(", ")})`].join(" "),
    );
  }
  const { id, look, states } = requirement;
  const expected = states.map((state) => literal(stateText(look, state))).join(", ");
  const call = [`Assert-State ${literal(id)} (${readLine(look)}) -States ${expected}`, ...defaultsOf(look)];
  return [call.join(" ")];
}

function indented(line: string): string {
  return line === "" ? "" : `    ${line}`;
}
