/**
 * What the commands of Azure CLI take that exported scripts may use, from the sources of azure-cli 2.45 (`vm`, `util`, `resource`,
 * `profile`, `extension` command modules, `command_operation.py`, knack 0.10) and of its extension for maintenance 1.6.0b2 (aaz/latest).
 */
export interface Known {
  /** Options that take one value, each with all its spellings; the first one is the name under which `run.ts` knows it. */
  readonly one?: readonly string[];
  /** Options that take any number of values. */
  readonly many?: readonly string[];
  readonly flags?: readonly string[];
  readonly required?: readonly string[];
  /** Of the extension for maintenance: its notation for values, and none of it before the extension is there. */
  readonly isExtension?: true;
}

/** Of every command. */
export const globalOne = ["--output -o", "--query"];
export const globalFlags = ["--debug", "--verbose", "--only-show-errors", "--help -h"];

const group = "--resource-group -g";
const subscription = "--subscription";
const assignment = [
  "--configuration-assignment-name --name -n",
  "--provider-name",
  group,
  "--resource-name",
  "--resource-type",
];
const names = (options: readonly string[]) => options.map((option) => option.split(" ")[0] ?? "");

export const knownCommands: Readonly<Record<string, Known>> = {
  rest: {
    one: ["--method -m", "--url --uri -u", "--body -b", "--resource", "--output-file"],
    many: ["--headers", "--uri-parameters --url-parameters"],
    flags: ["--skip-authorization-header"],
    required: ["--url"],
  },
  "group create": {
    one: ["--name --resource-group -n -g", "--location -l", "--managed-by", subscription],
    many: ["--tags"],
    required: ["--name", "--location"],
  },
  "provider register": {
    one: ["--namespace -n", "--management-group-id -m", subscription],
    flags: ["--wait", "--consent-to-permissions -c", "--accept-terms"],
    required: ["--namespace"],
  },
  "extension add": {
    one: ["--name -n", "--source -s", "--version", "--index", "--pip-proxy"],
    many: ["--pip-extra-index-urls"],
    flags: ["--upgrade", "--yes -y", "--system"],
  },
  "maintenance assignment create": {
    one: [
      ...assignment,
      "--location -l",
      "--maintenance-configuration-id --config-id",
      "--resource-id",
      subscription,
    ],
    required: names(assignment),
    isExtension: true,
  },
  "maintenance assignment delete": {
    one: [...assignment, subscription],
    flags: ["--yes -y"],
    required: [...names(assignment), "--yes"],
    isExtension: true,
  },
  "maintenance configuration delete": {
    one: ["--resource-name --name -n", group, subscription],
    flags: ["--yes -y"],
    required: ["--resource-name", "--resource-group", "--yes"],
    isExtension: true,
  },
  "vmss show": {
    one: ["--name -n", group, "--instance-id", subscription],
    flags: ["--include-user-data -u"],
    required: ["--name", "--resource-group"],
  },
  "vmss wait": {
    one: ["--name -n", group, "--instance-id", "--custom", "--interval", "--timeout", subscription],
    flags: ["--created", "--updated", "--deleted", "--exists"],
    required: ["--name", "--resource-group"],
  },
  "vmss update-instances": {
    one: ["--name -n", group, subscription],
    many: ["--instance-ids"],
    flags: ["--no-wait"],
    required: ["--name", "--resource-group", "--instance-ids"],
  },
  "account show": { one: ["--subscription --name -n -s"] },
  version: {},
};
