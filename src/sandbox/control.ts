import { type Clock, durationOf } from "./clock.ts";
import { arm, refuse } from "./errors.ts";
import { noContent, ok, type Reply, type SandboxRequest } from "./http.ts";

/**
 * The sandbox's own control calls, which no Azure has: `POST /sandbox/reset` and
 * `POST /sandbox/clock` with `{"advance":"PT1H"}`. Undefined when the request is none of them.
 */
export function control(request: SandboxRequest, clock: Clock, reset: () => void): Reply | undefined {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith("/sandbox/")) return undefined;
  if (request.method !== "POST") throw arm.unsupportedMethod(request.method, request.url, ["POST"]);
  switch (pathname) {
    case "/sandbox/reset":
      reset();
      return noContent;
    case "/sandbox/clock":
      clock.advance(advanceOf(request.body));
      return ok({ now: clock.instant });
    default:
      throw refuse(
        404,
        "SandboxControlUnknown",
        `The sandbox has no control '${pathname}': it has /sandbox/reset and /sandbox/clock.`,
      );
  }
}

function advanceOf(body: string | undefined): number {
  const text: unknown = parsed(body);
  const advance = typeof text === "object" && text !== null && "advance" in text ? text.advance : undefined;
  const milliseconds = typeof advance === "string" ? durationOf(advance) : undefined;
  if (milliseconds === undefined) {
    throw refuse(
      400,
      "SandboxControlInvalid",
      'The clock takes {"advance":"PT1H"}: an ISO 8601 duration of days, hours, minutes and seconds.',
    );
  }
  return milliseconds;
}

function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return undefined; // refused by the caller, in its own words
  }
}
