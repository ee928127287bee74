import type { Handler } from "../tools.ts";

/** On the node of a tenant or account that could not be read it is for that one. */
export const signIn: Handler = ({ session }, [node]) => {
  const tenant = node !== undefined && "tenant" in node ? node.tenant : undefined;
  return session.signIn(tenant);
};
