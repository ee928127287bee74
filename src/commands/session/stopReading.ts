import type { Handler } from "../handler.ts";
import type { Session } from "./session.ts";

/** For a reading that Azure asks to wait for: what arrived before stays. */
export const stopReading =
  ({ session }: { readonly session: Session }): Handler =>
  async () =>
    session.stopReading();
