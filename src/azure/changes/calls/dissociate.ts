import { deleteAssignment } from "../../clients/maintenanceControl.ts";
import type { Call } from "../call.ts";

export const dissociate: Call = {
  async send({ target }, { clients, signal }) {
    await deleteAssignment(clients, target, signal);
    return undefined;
  },
  isDeletion: true,
};
