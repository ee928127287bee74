import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";

/**
 * The usual transport, where each call begins in a round of the event loop of its own. VS Code hands every new connection all certificates of the
 * machine (https://github.com/microsoft/vscode/issues/173861), which holds the loop for some 20 ms, and for the sum where several open at once.
 */
export function spacedClient(inner = createDefaultHttpClient()): HttpClient {
  let last = Promise.resolve();
  return {
    sendRequest: async (request) => {
      last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
      await last;
      return inner.sendRequest(request);
    },
  };
}
