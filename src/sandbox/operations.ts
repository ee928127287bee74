import type { Call } from "./call.ts";
import { arm } from "./errors.ts";
import { guidOf } from "./ids.ts";
import { ok, type Reply } from "./http.ts";
import type { Operation } from "./state.ts";

/** Seconds that a client is asked to wait between two looks at a running operation. */
const pollAfter = 1;

/** Starts a long-running operation: `finish` is applied when it is done. */
export function startOperation(call: Call, resultKey: string, finish: () => void): Operation {
  const start = call.clock.now;
  const operation: Operation = {
    id: guidOf(`operation ${call.state.operations.size} ${resultKey}`),
    start,
    end: start + call.state.operationSeconds * 1000,
    resultKey,
    settled: false,
    finish,
  };
  call.state.operations.set(operation.id, operation);
  return operation;
}

function retryAfter(call: Call, operation: Operation): string {
  const left = Math.ceil((operation.end - call.clock.now) / 1000);
  return String(Math.min(pollAfter, Math.max(0, left)));
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

/** GET of an operation: its status, or with `monitor` the answer of the call that it stands for. */
export function pollOperation(call: Call, resource: (key: string) => Reply | undefined): Reply {
  const id = call.param("operationId").toLowerCase();
  const operation = call.state.operations.get(id);
  if (operation === undefined) {
    throw arm.unknownResource("Microsoft.Compute/locations/operations", id, call.param("location"));
  }
  const done = operation.settled;
  const monitor = call.query("monitor") !== undefined;
  if (monitor && done) return resource(operation.resultKey) ?? { status: 204 };
  if (monitor) {
    const headers = { location: call.url.href, "retry-after": retryAfter(call, operation) };
    return { status: 202, headers };
  }
  return ok(
    {
      startTime: new Date(operation.start).toISOString(),
      ...(done && { endTime: new Date(operation.end).toISOString() }),
      status: done ? "Succeeded" : "InProgress",
      name: operation.id,
    },
    done ? {} : { "retry-after": retryAfter(call, operation) },
  );
}
