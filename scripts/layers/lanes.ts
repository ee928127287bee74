import { brokeOff, inWords, type Found, type Order } from "./layer.ts";
import { lanes, layers, prepareVSCode, type LayerName } from "./layers.ts";
import type { Selection } from "./selection.ts";

/** What came of a layer, and how long it took. */
export interface Ended extends Found {
  readonly name: string;
  readonly seconds: number;
}

/** Two programs at once keep two cores at work; beside another lane, as long as that runs, one does. */
const parallelAlone = 2;

/** Runs what was chosen, each lane's layers one after the other; answers what came of each in the order in which they ended. */
export async function runLanes(
  selection: Selection,
  { pictures }: Pick<Order, "pictures">,
): Promise<Ended[]> {
  const chosen = lanes
    .map((lane) => lane.filter((name) => selection.has(name)))
    .filter((lane) => lane.length > 0);
  const isAlone = chosen.length === 1;
  let running = chosen.length;
  const inVSCode = chosen.flat().some((name) => "inVSCode" in layers[name]);
  const prepared = inVSCode ? prepareVSCode() : Promise.resolve();
  prepared.catch(() => undefined); // told by the layers that wait for it; the others run meanwhile
  const ended: Ended[] = [];
  const run = async (name: LayerName) => {
    const kept: string[] = [];
    const say = isAlone ? (text: string) => console.log(text) : (text: string) => void kept.push(text);
    say(`\n── ${name} ${"─".repeat(60 - name.length)}`);
    const layer = layers[name];
    const order: Order = {
      files: selection.get(name) ?? [],
      parallel: running === 1 ? parallelAlone : 1,
      pictures,
      print: say,
    };
    const start = performance.now();
    const found = await Promise.resolve("inVSCode" in layer ? prepared : undefined)
      .then(() => layer.run(order))
      .catch((error: unknown) => brokeOff(error, say));
    const seconds = (performance.now() - start) / 1000;
    say(`${name}: ${inWords(found.counts)} (${seconds.toFixed(1)} s)`);
    if (kept.length > 0) console.log(kept.join("\n")); // what runs side by side is read one after the other
    ended.push({ ...found, name, seconds });
  };
  await Promise.all(
    chosen.map(async (lane) => {
      for (const name of lane) await run(name);
      running--;
    }),
  );
  return ended;
}
