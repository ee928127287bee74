import { bodyOf, type Call } from "../call.ts";

export const createResourceGroup: Call = {
  async send(change, { clients, signal }) {
    await clients.resourceManager.putResourceGroup(change.target, bodyOf(change), signal);
    return undefined;
  },
};
