import type { Sliced } from "../../core/slices.ts";
import type { CodeFile } from "./codeFile.ts";
import type { CodeContext } from "./context.ts";
import type { CodeInput } from "./input.ts";

/** Writes a plan in one language. It yields between pieces: a plan may have thousands of changes. */
export type Exporter = (input: CodeInput, context: CodeContext) => Sliced<readonly CodeFile[]>;
