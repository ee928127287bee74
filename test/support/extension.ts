import { packageExtension } from "../../scripts/build/package.ts";
import { artifact } from "../../scripts/lib/artifacts.ts";

/** The extension as a user gets it: the vsix that the test run has packed, or one packed now for a file run alone. */
export async function packedExtension(): Promise<string> {
  const packed = process.env["EXTENSION_VSIX"];
  if (packed) return packed;
  const vsix = artifact("extension.vsix");
  await packageExtension(vsix);
  return vsix;
}
