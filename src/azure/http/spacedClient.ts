import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";

/**
 * The usual transport in an extension host. Each call says its protocol: VS Code's proxy agent makes a stack trace of each that does not, to find the
 * module that made it (https://github.com/TooTallNate/proxy-agents/blob/main/packages/agent-base/src/index.ts), which takes as long as all else of a call. And each begins in a round of the event loop of its own. VS Code hands every new connection all certificates of the
 * machine (https://github.com/microsoft/vscode/issues/173861), which holds the loop for some 20 ms, and for the sum where several open at once.
 */
export function spacedClient(inner = createDefaultHttpClient()): HttpClient {
  let last = Promise.resolve();
  return {
    sendRequest: async (request) => {
      last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
      await last;
      const { protocol } = new URL(request.url);
      request.requestOverrides = { ...request.requestOverrides, protocol };
      return inner.sendRequest(request);
    },
  };
}
