import { type Clock, durationOf } from "../clock.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import type { Denial } from "./denials.ts";
import type { Directory } from "../resources/directory.ts";
import { orderInstances, orderUpgrade, publishImage } from "../compute/control.ts";
import { arm, refuse } from "../http/errors.ts";
import type { Faults } from "./faults.ts";
import { noContent, ok, type Reply, type SandboxRequest } from "../http/http.ts";
import { keyOf } from "../ids.ts";
import { isObject, type Json, type JsonObject, textAt } from "../json.ts";
import type { RequestRecord } from "../http/requestRecord.ts";
import type { State } from "../state.ts";

/** What the control calls act on. */
export interface Controlled {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly faults: Faults;
  readonly record: RequestRecord;
  readonly state: State;
  reset(): void;
  setConditions(conditions: Conditions): void;
}

type Control = (controlled: Controlled, request: SandboxRequest) => Reply;

/** The sandbox's own calls, which no Azure has. They take the sandbox's own token; docs/sandbox.md tells what each is for. */
const controls: Readonly<Record<string, Readonly<Record<string, Control>>>> = {
  "/sandbox/reset": {
    POST: (controlled) => {
      controlled.reset();
      return noContent;
    },
  },
  "/sandbox/clock": {
    POST: ({ clock }, request) => {
      clock.advance(advanceOf(parsed(request)));
      return ok({ now: clock.instant });
    },
  },
  "/sandbox/faults": {
    POST: ({ faults }, request) => {
      faults.add(parsed(request));
      return noContent;
    },
    DELETE: ({ faults }) => {
      faults.clear();
      return noContent;
    },
  },
  "/sandbox/requests": {
    GET: ({ record }) => ok(record.list()),
    DELETE: ({ record }) => {
      record.clear();
      return noContent;
    },
  },
  "/sandbox/conditions": {
    PUT: (controlled, request) => {
      controlled.setConditions(conditionsOf(objectOf(request)));
      return noContent;
    },
  },
  "/sandbox/denials": {
    POST: (controlled, request) => {
      controlled.state.denials.add(denialOf(objectOf(request)));
      return noContent;
    },
  },
  "/sandbox/upgrades": {
    POST: ({ state, clock }, request) => orderUpgrade(state, clock.now, objectOf(request)),
  },
  "/sandbox/instances": {
    POST: ({ state, clock }, request) => orderInstances(state, clock.now, objectOf(request)),
  },
  "/sandbox/images": {
    POST: ({ state, clock }, request) => publishImage(state, clock.now, objectOf(request)),
  },
  "/sandbox/accounts": { GET: ({ directory }) => ok(directory.list()) },
  "/sandbox/tokens": { POST: ({ directory }, request) => ok(directory.issue(objectOf(request))) },
};

export function isControl({ url }: SandboxRequest): boolean {
  return new URL(url).pathname.startsWith("/sandbox/");
}

export function control(request: SandboxRequest, controlled: Controlled): Reply {
  const { pathname } = new URL(request.url);
  const methods = controls[pathname];
  if (methods === undefined) {
    throw refuse(
      404,
      "SandboxControlUnknown",
      `The sandbox has no control '${pathname}': it has ${Object.keys(controls).join(", ")}.`,
    );
  }
  const answer = methods[request.method];
  if (answer === undefined) throw arm.unsupportedMethod(request.method, request.url, Object.keys(methods));
  return answer(controlled, request);
}

function denialOf(body: JsonObject): Denial {
  const [scope, action] = [textAt(body, "scope"), textAt(body, "action")];
  if (scope === undefined || action === undefined)
    throw invalid('A denial takes {"scope": a resource id, "action": such as "Microsoft.Maintenance/*"}.');
  return { scope: keyOf(scope), action };
}

function advanceOf(body: Json | undefined): number {
  const advance = textAt(body, "advance");
  const milliseconds = advance === undefined ? undefined : durationOf(advance);
  if (milliseconds === undefined) {
    throw invalid(
      'The clock takes {"advance":"PT1H"}: an ISO 8601 duration of days, hours, minutes and seconds.',
    );
  }
  return milliseconds;
}

function invalid(message: string) {
  return refuse(400, "SandboxControlInvalid", message);
}

function objectOf(request: SandboxRequest): JsonObject {
  const body = parsed(request);
  return isObject(body) ? body : {};
}

function parsed({ body }: SandboxRequest): Json | undefined {
  try {
    return JSON.parse(body ?? "") as Json;
  } catch {
    return undefined; // refused by each control, in its own words
  }
}
