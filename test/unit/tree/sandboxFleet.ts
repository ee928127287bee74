import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../src/core/upgrades/freshness.ts";
import { openAzure } from "../../../src/azure/open.ts";
import { connectToEndpoint } from "../../../src/azure/accounts/endpointConnection.ts";
import { problemOf } from "../../../src/azure/errors/errors.ts";
import type { Azure } from "../../../src/azure/contracts.ts";
import { scheduleFacts } from "../../../src/core/windows/facts.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
import { Sandbox, sandboxEndpoint, sandboxHttpClient } from "../../../src/sandbox/sandbox.ts";
import { silentLog } from "../fleet/fakes.ts";

/** The time at which the sandbox of the tests stands still. */
export const sandboxNow = "2026-11-23T06:00:00Z";

/** A store that has read a fleet of the sandbox through the real clients, in process. */
export async function sandboxFleet(
  fleet: ConstructorParameters<typeof Sandbox>[0]["fleet"] = "small",
): Promise<{ store: FleetStore; azure: Azure; sandbox: Sandbox }> {
  const sandbox = new Sandbox({ fleet, now: () => new Date(sandboxNow), operationSeconds: 0 });
  const connection = connectToEndpoint({
    origin: "sandbox",
    endpoint: sandboxEndpoint,
    token: sandbox.token,
    httpClient: sandboxHttpClient(sandbox),
  });
  const azure = openAzure(connection, silentLog, "0.0.0");
  const store = new FleetStore({
    loadRules: async () => ({
      eligibility,
      freshnessOf,
      scheduleFacts: (configuration) => scheduleFacts(configuration, sandboxNow),
    }),
    problemOf,
    wanted: () => () => true,
    now: () => "2026-11-23T09:00:00Z",
    log: silentLog,
  });
  store.connect(azure);
  await store.refresh(new AbortController().signal);
  await store.settled();
  return { store, azure, sandbox };
}
