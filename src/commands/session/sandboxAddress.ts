import { message, type Message } from "../../core/text/message.ts";
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
  if (url === null) {
    return bad(message("The setting “scaleSetMaintenance.sandbox.address” is not a URL: “{0}”.", shown));
  }
  // Azure's clients refuse to send a token over anything else.
  if (url.protocol !== "https:") {
    return bad(
      message(
        "The setting “scaleSetMaintenance.sandbox.address” does not begin with “https:”: “{0}”.",
        shown,
      ),
    );
  }
  if (token === "") {
    return bad(
      message(
        "The setting “scaleSetMaintenance.sandbox.address” has no “#” with a token after it: “{0}”.",
        shown,
      ),
    );
  }
  return { endpoint: `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, ""), token };
}

function bad(summary: Message): { readonly problem: Problem } {
  const wayOut = message(
    "Write what “npm run sandbox” prints, as “https://127.0.0.1:<port>#<token>”, or leave it empty for the sandbox inside the extension.",
  );
  return { problem: { kind: "validation", summary, wayOut } };
}
