import { setTimeout as delay } from "node:timers/promises";

/**
 * Repeats a check until it no longer throws, and answers its result. What it threw last is thrown when the time is up.
 * @param patienceMs in milliseconds
 */
export async function eventually<T>(check: () => Promise<T> | T, patienceMs = 15_000): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await delay(50);
  }
}
