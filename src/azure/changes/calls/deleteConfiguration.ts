import { deleteConfiguration as sendDeletion } from "../../clients/maintenanceControl.ts";
import type { Call } from "../call.ts";

export const deleteConfiguration: Call = {
  async send({ target }, { clients, signal }) {
    await sendDeletion(clients, target, signal);
    return undefined;
  },
  isDeletion: true,
};
