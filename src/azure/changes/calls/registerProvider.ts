import type { Call } from "../call.ts";

/** A registration has no operation to follow: it takes minutes, and its subscription shows when it is done. */
export const registerProvider: Call = {
  async send({ target }, { clients, signal }) {
    await clients.resourceManager.registerProvider(target, signal);
    return undefined;
  },
  showsWithinMs: 15 * 60_000,
};
