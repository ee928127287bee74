import type { Handler } from "../handler.ts";
import type { Session } from "./session.ts";

/** On the node of a tenant or account that could not be read it is for that one. */
export const signIn =
  ({ session }: { readonly session: Session }): Handler =>
  ([node]) =>
    session.signIn(node !== undefined && "tenant" in node ? node.tenant : undefined);
