/**
 * Gives items to workers, the next one to whichever is free, so that all end at about the same time; answers what came of
 * each, in the order of the items.
 * @param work is told which of the workers it is, counted from 0
 */
export async function shareOut<Item, Result>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, worker: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (_: unknown, number: number) => {
    for (const [index, item] of queue) results[index] = await work(item, number);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
