import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { loopbackCertificate } from "../../scripts/lib/certificate.ts";
import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import { openAzure } from "../../src/azure/open.ts";
import { Sandbox } from "../../src/sandbox/sandbox.ts";
import { serve } from "../../src/sandbox/http/server.ts";

const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const nightly =
  "/subscriptions/4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002/resourceGroups/rg-maintenance/providers/Microsoft.Maintenance/maintenanceConfigurations/mc-prod-nightly";

describe("Connections to Azure", () => {
  it("serve one call after the other, though VS Code gives each an agent of its own", async () => {
    const { authority, ...own } = await loopbackCertificate();
    const errors: unknown[] = [];
    const sandbox = new Sandbox({ fleet: "small" });
    const server = await serve(sandbox, { ...own, port: 0, onError: (error) => errors.push(error) });
    const ports: (number | undefined)[] = [];
    const count = (message: unknown) => ports.push((message as { readonly socket: Socket }).socket.localPort);
    try {
      const [inner, tlsSettings] = [createDefaultHttpClient(), { ca: authority }];
      const httpClient: HttpClient = {
        sendRequest: (request) => inner.sendRequest(Object.assign(request, { tlsSettings })),
      };
      const { token } = sandbox;
      const connection = connectToEndpoint({ origin: "sandbox", endpoint: server.url, token, httpClient });
      const azure = openAzure(connection, log, "0.0.0");
      const read = () => azure.read(nightly, new AbortController().signal);
      await read(); // with what it needs to know first, some of it at the same time
      subscribe("net.server.socket", count);
      for (let call = 1; call <= 3; call++) await read();
      const port = Number(new URL(server.url).port);
      assert.deepEqual(
        ports.filter((one) => one === port),
        [],
      );
      assert.deepEqual(errors, []);
    } finally {
      unsubscribe("net.server.socket", count);
      await server.close();
    }
  });
});
