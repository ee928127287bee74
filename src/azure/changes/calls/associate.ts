import { putAssignment } from "../../clients/maintenanceControl.ts";
import { bodyOf, type Call } from "../call.ts";

export const associate: Call = {
  async send(change, { clients, signal }) {
    await putAssignment(clients, change.target, bodyOf(change), signal);
    return undefined;
  },
};
