import type { Handler } from "../handler.ts";
import type { Session } from "./session.ts";

export const refresh =
  ({ session }: { readonly session: Session }): Handler =>
  () =>
    session.refresh();
