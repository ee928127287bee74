import { putConfiguration } from "../../clients/maintenanceControl.ts";
import { bodyOf, type Call } from "../call.ts";

export const updateConfiguration: Call = {
  async send(change, { clients, signal }) {
    await putConfiguration(clients, change.target, bodyOf(change), signal);
    return undefined;
  },
};
