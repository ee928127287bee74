import type { Handler } from "../tools.ts";

/** For a reading that Azure asks to wait for: what arrived before stays. */
export const stopReading: Handler = async ({ session }) => session.stopReading();
