import { packageExtension } from "../../scripts/build/package.ts";
import { artifact } from "../../scripts/lib/artifacts.ts";
import { stage } from "./stage.ts";

/** The extension as a user gets it: the vsix that the test run has packed, or one packed now for a file run alone. */
export async function packedExtension(): Promise<string> {
  if (stage !== undefined) return stage.vsix;
  const vsix = artifact("extension.vsix");
  await packageExtension(vsix);
  return vsix;
}
