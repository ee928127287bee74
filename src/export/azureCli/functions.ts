import { message } from "../../core/text/message.ts";
import { commentText } from "../code/comments.ts";
import type { CodeContext } from "../code/context.ts";
import { word } from "./quoting.ts";

/** A function that a script may call, and what it calls in turn. */
interface Helper {
  readonly name: string;
  readonly calls: readonly string[];
  readonly lines: readonly string[];
}

/** The functions that a script calls, those that they call before them. */
export function functionLines(body: readonly string[], context: CodeContext): readonly string[] {
  const helpers = helpersIn(context);
  const wanted = new Set(["stop"]);
  for (const line of body) {
    const called = /^\s*(?:if )?(\w+)/.exec(line)?.[1];
    if (called !== undefined) wanted.add(called);
  }
  for (const { name, calls } of [...helpers].reverse())
    if (wanted.has(name)) for (const one of calls) wanted.add(one);
  return helpers.filter(({ name }) => wanted.has(name)).flatMap(({ lines }) => ["", ...lines]);
}

function helpersIn(context: CodeContext): readonly Helper[] {
  const text = (words: ReturnType<typeof message>) => commentText(words, context);
  const spoken = (words: ReturnType<typeof message>) => word(text(words));
  return [
    { name: "stop", calls: [], lines: [`stop() { printf '%s\\n' "$1" >&2; exit 1; }`] },
    {
      name: "look",
      calls: [],
      lines: [
        `# ${text(message("Reads a resource into “now”: what the query finds, or nothing if the resource doesn't exist."))}`,
        "look() {",
        "  local problem",
        // On Windows lines end with a carriage return too, and JSON never holds one.
        `  if now=$(az rest --method get --url "$1" --query "$2" --output tsv 2>/dev/null); then now=\${now//$'\\r'/}; return 0; fi`,
        "  now=''",
        `  if problem=$(az rest --method get --url "$1" --output none 2>&1); then stop ${spoken(message("A resource just appeared. Run this script again."))}; fi`,
        `  [[ $problem == *'Not Found('* || $problem == *'NotFound"'* ]] || stop "$problem"`,
        "}",
      ],
    },
    {
      name: "same",
      calls: [],
      lines: [
        `# ${text(message("Azure doesn't keep the case of ids, or the blanks in names of regions."))}`,
        "shopt -s nocasematch",
        `same() { [[ "\${now// /}" == "\${1// /}" ]]; }`,
      ],
    },
    {
      name: "needed",
      calls: ["same"],
      lines: [
        `# ${text(message("True if a change is needed. False if it's done already. Stops if Azure has something that wasn't reviewed."))}`,
        "needed() { # title, done, reviewed...",
        "  local title=$1 state",
        `  if same "$2"; then printf '%s %s\\n' ${spoken(message("Already done:"))} "$title"; return 1; fi`,
        "  shift 2",
        "  for state; do",
        `    if [[ $state == '*' && -n $now ]] || same "$state"; then printf '%s\\n' "$title"; return 0; fi`,
        "  done",
        `  stop ${spoken(message("Not done: this was changed after the review:"))}" $title ($now)"`,
        "}",
      ],
    },
    {
      name: "required",
      calls: ["same"],
      lines: [
        `# ${text(message("Stops unless Azure has what the change relies on."))}`,
        "required() { # id, state...",
        "  local id=$1 state",
        "  shift",
        `  for state; do if same "$state"; then return 0; fi; done`,
        `  stop ${spoken(message("Stopped: this was changed after the review:"))}" $id ($now)"`,
        "}",
      ],
    },
    {
      name: "association",
      calls: ["look", "same"],
      lines: [
        `# ${text(message("Reads an association into “now”: the one of these configurations that it leads to."))}`,
        "association() { # list, name, configuration...",
        "  local list name=$2 id",
        `  look "$1" 'to_string(value[].[name, properties.maintenanceConfigurationId])'`,
        "  list=$now now=''",
        `  [[ $list == *"[$name,"* ]] || return 0`,
        `  now=${spoken(message("another configuration"))}`,
        "  shift 2",
        `  for id; do if [[ $list == *"[$name,$id]"* ]]; then now=$id; fi; done`,
        "}",
      ],
    },
    {
      name: "unused",
      calls: ["look", "same"],
      lines: [
        `# ${text(message("Stops if a scale set has an association with the configuration that wasn't reviewed."))}`,
        "unused() { # list, configuration, reviewed name...",
        "  local configuration=$2 row name between='],[' line=$'\\n'",
        `  look "$1" 'to_string(value[].[name, properties.maintenanceConfigurationId])'`,
        "  shift 2",
        "  while IFS= read -r row; do",
        `    [[ $row == *",$configuration"* ]] || continue`,
        `    for name; do if [[ $row == *"$name,"* ]]; then continue 2; fi; done`,
        `    stop ${spoken(message("Stopped: a scale set that wasn't reviewed uses the configuration:"))}" $row"`,
        `  done <<<"\${now//"$between"/$line}"`,
        "}",
      ],
    },
    {
      name: "shown",
      calls: ["association", "same"],
      lines: [
        `# ${text(message("Waits until Azure lists the written association. Its lists lag by seconds."))}`,
        "shown() { # list, name, configuration",
        "  local look",
        "  for ((look = 0; look < 24; look++)); do",
        `    association "$1" "$2" "$3"`,
        `    if same "$3"; then return 0; fi`,
        "    sleep 5",
        "  done",
        `  stop ${spoken(message("Azure accepted the change, but doesn't show it yet:"))}" $2"`,
        "}",
      ],
    },
    {
      name: "idle",
      calls: ["look", "same"],
      lines: [
        `# ${text(message("Waits while Azure works on a scale set, because it refuses other changes until then."))}`,
        "idle() {",
        "  for (( ; ; )); do",
        `    look "$1" properties.provisioningState`,
        `    case $now in Creating | Updating | Deleting | Migrating) sleep 10 ;; *) return 0 ;; esac`,
        "  done",
        "}",
      ],
    },
    {
      name: "settled",
      calls: [],
      lines: [
        `# ${text(message("“az rest” doesn't wait until Azure has finished."))}`,
        `settled() { az vmss wait --updated --interval 10 --timeout 86400 --resource-group="$1" --name="$2" --subscription "$3"; }`,
      ],
    },
  ];
}
