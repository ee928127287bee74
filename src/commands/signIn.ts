import type { Handler } from "./tools.ts";

export const signIn: Handler = ({ session }) => session.signIn();
