import type { Call } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { guidOf } from "../ids.ts";
import { noContent, ok, type Reply } from "../http/http.ts";
import type { Operation } from "../operation.ts";

/** How long a client is asked to wait between two looks at a running operation. */
const pollIntervalSeconds = 1;

/** Starts a long-running operation: `finish` is applied when it is done; `end` is left open where that is not known yet. */
export function startOperation(
  call: Call,
  result: Operation["result"],
  finish: Operation["finish"],
  end: number = call.clock.now + call.state.operationSeconds * 1000,
): Operation {
  const operation: Operation = {
    id: guidOf(`operation ${call.state.operations.size} ${call.url.pathname}`),
    start: call.clock.now,
    end,
    outcome: undefined,
    result,
    finish,
  };
  call.state.operations.set(operation.id, operation);
  return operation;
}

function retryAfter(call: Call, operation: Operation): string {
  const left = Math.ceil((operation.end - call.clock.now) / 1000);
  return String(Math.min(pollIntervalSeconds, Math.max(0, left)));
}

/** The headers of the answer that accepts a long-running Compute call. */
export function pollingHeaders(call: Call, operation: Operation, location: string): Record<string, string> {
  const path = `/subscriptions/${call.subscriptionId}/providers/Microsoft.Compute/locations/${location}/operations/${operation.id}`;
  // Azure signs these links: whoever has the query may follow the operation.
  const signature = `t=${operation.start}&c=${guidOf(`certificate ${operation.id}`)}&s=${guidOf(`signature ${operation.id}`)}`;
  const url = `${call.url.origin}${path}?api-version=${call.apiVersion}&${signature}`;
  return {
    "azure-asyncoperation": url,
    location: url.replace("?", "?monitor=true&"),
    "retry-after": retryAfter(call, operation),
  };
}

/** The answer that accepts a long-running call which has nothing to say yet. */
export const accepted = (call: Call, operation: Operation, location: string): Reply => ({
  status: 202,
  headers: pollingHeaders(call, operation, location),
});

/** GET of an operation: its status, or with `monitor` the answer of the call that it stands for. */
export function pollOperation(call: Call): Reply {
  const id = call.param("operationId").toLowerCase();
  const operation = call.state.operations.get(id);
  if (operation === undefined) {
    throw arm.unknownResource("Microsoft.Compute/locations/operations", id, call.param("location"));
  }
  const { outcome } = operation;
  const monitor = call.query("monitor") !== undefined;
  if (monitor && outcome?.error !== undefined) return { status: 409, body: { error: outcome.error } };
  if (monitor && outcome !== undefined) return operation.result() ?? noContent;
  if (monitor) {
    const headers = { location: call.url.href, "retry-after": retryAfter(call, operation) };
    return { status: 202, headers };
  }
  return ok(
    {
      startTime: new Date(operation.start).toISOString(),
      ...(outcome !== undefined && { endTime: new Date(operation.end).toISOString() }),
      status: outcome?.status ?? "InProgress",
      ...(outcome?.error !== undefined && { error: outcome.error }),
      name: operation.id,
    },
    outcome !== undefined ? {} : { "retry-after": retryAfter(call, operation) },
  );
}
