import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";

/** A sandbox served by another process: where it is and the token it accepts. */
export interface SandboxAddress {
  /** `https:` and without a trailing slash. */
  readonly endpoint: string;
  readonly token: string;
}

/**
 * Reads the setting `scaleSetMaintenance.sandbox.address`, `<url>#<token>`. A problem names the setting and what it should be;
 * it never repeats the token.
 */
export function readSandboxAddress(text: string): SandboxAddress | { readonly problem: Problem } {
  const [shown = "", token = ""] = text.trim().split("#");
  const url = URL.parse(shown);
  // Azure's clients refuse to send a token over anything but HTTPS.
  if (url?.protocol !== "https:" || token === "") return { problem: invalid(shown) };
  return { endpoint: `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, ""), token };
}

function invalid(shown: string): Problem {
  return {
    kind: "validation",
    summary: message("The setting “scaleSetMaintenance.sandbox.address” is invalid: {0}", shown),
    wayOut: message(
      "Enter the URL and token from “npm run sandbox”, as “https://127.0.0.1:<port>#<token>”, or leave it empty to use the sandbox in the extension.",
    ),
  };
}
