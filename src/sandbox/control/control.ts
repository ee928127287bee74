import { type Clock, durationOf } from "../clock.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import type { Denial } from "./denials.ts";
import type { Directory } from "../resources/directory.ts";
import { orderInstances, orderUpgrade, publishImage } from "../compute/control.ts";
import { arm, refuse, refuseOrder } from "../http/errors.ts";
import type { Faults } from "./faults.ts";
import { noContent, ok, type Reply, type SandboxRequest } from "../http/http.ts";
import { keyOf } from "../ids.ts";
import { type Json, objectAt, textAt } from "../json.ts";
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

type Control = (controlled: Controlled, body: Json | undefined) => Reply;

/** A call that has nothing to say. */
const silent =
  (act: (controlled: Controlled, body: Json | undefined) => unknown): Control =>
  (controlled, body) => {
    act(controlled, body);
    return noContent;
  };

/** The sandbox's own calls, which no Azure has. They take the sandbox's own token; docs/sandbox.md tells what each is for. */
const controls: Readonly<Record<string, Readonly<Record<string, Control>>>> = {
  "/sandbox/reset": { POST: silent((controlled) => controlled.reset()) },
  "/sandbox/clock": {
    POST: ({ clock }, body) => {
      clock.advance(advanceOf(body));
      return ok({ now: clock.instant });
    },
  },
  "/sandbox/faults": {
    POST: silent(({ faults }, body) => faults.add(body)),
    DELETE: silent(({ faults }) => faults.clear()),
  },
  "/sandbox/requests": {
    GET: ({ record }) => ok(record.list()),
    DELETE: silent(({ record }) => record.clear()),
  },
  "/sandbox/conditions": {
    PUT: silent((controlled, body) => controlled.setConditions(conditionsOf(objectAt(body)))),
  },
  "/sandbox/denials": { POST: silent(({ state }, body) => state.denials.add(denialOf(body))) },
  "/sandbox/upgrades": { POST: ({ state, clock }, body) => orderUpgrade(state, clock.now, objectAt(body)) },
  "/sandbox/instances": {
    POST: ({ state, clock }, body) => orderInstances(state, clock.now, objectAt(body)),
  },
  "/sandbox/images": { POST: ({ state, clock }, body) => publishImage(state, clock.now, objectAt(body)) },
  "/sandbox/accounts": { GET: ({ directory }) => ok(directory.list()) },
  "/sandbox/tokens": { POST: ({ directory }, body) => ok(directory.issue(objectAt(body))) },
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
      `The sandbox has no control '${pathname}'. Use ${Object.keys(controls).join(", ")}.`,
    );
  }
  const answer = methods[request.method];
  if (answer === undefined) throw arm.unsupportedMethod(request.method, request.url, Object.keys(methods));
  return answer(controlled, parsed(request));
}

function denialOf(body: Json | undefined): Denial {
  const [scope, action] = [textAt(body, "scope"), textAt(body, "action")];
  if (scope === undefined || action === undefined)
    throw refuseOrder('Use {"scope": a resource id, "action": such as "Microsoft.Maintenance/*"}.');
  return { scope: keyOf(scope), action };
}

function advanceOf(body: Json | undefined): number {
  const advance = textAt(body, "advance");
  const milliseconds = advance === undefined ? undefined : durationOf(advance);
  if (milliseconds === undefined) {
    throw refuseOrder(
      'The clock takes {"advance":"PT1H"}: an ISO 8601 duration of days, hours, minutes and seconds.',
    );
  }
  return milliseconds;
}

function parsed({ body }: SandboxRequest): Json | undefined {
  try {
    return JSON.parse(body ?? "") as Json;
  } catch {
    return undefined; // refused by each control, in its own words
  }
}
