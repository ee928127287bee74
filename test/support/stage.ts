import type { SandboxAddress } from "../../scripts/lib/sandbox.ts";

/** What the UI layer lends a test file; each thing is another file's before and after. */
export interface Stage {
  /** The packed extension. */
  readonly vsix: string;
  /** A folder of extensions in which it is installed. */
  readonly extensions: string;
  /** Where the browser takes orders. */
  readonly browser: string;
  /** For the VS Code server: at an address that it knows, the browser has VS Code's files in its cache. */
  readonly port: number;
  readonly sandbox: SandboxAddress;
}

const [stageVariable, picturesVariable] = ["UI_STAGE", "UI_PICTURES"];

/** The variables that lend a stage to the process of a test file. */
export function lend(stage: Stage, { pictures }: { readonly pictures: boolean }): Record<string, string> {
  return { [stageVariable]: JSON.stringify(stage), ...(pictures && { [picturesVariable]: "1" }) };
}

const lent = process.env[stageVariable];

/** What is lent to this process; a file that is run alone has to make everything itself. */
export const stage = lent === undefined ? undefined : (JSON.parse(lent) as Stage);

/** Whether the run takes the pictures that tests describe. */
export const takesPictures = process.env[picturesVariable] !== undefined;
