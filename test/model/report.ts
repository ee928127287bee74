import type { Run } from "./run.ts";
import { promises, shortKey, type Verdict } from "./verdict.ts";
import { disturbanceInWords, meanwhileInWords, type Disturbance } from "./world/disturbances.ts";
import type { Exchange } from "./world/history.ts";
import { lastName } from "./world/ids.ts";
import { isEnabled, type WorldState } from "./world/state.ts";

/** A run that breaks a promise, in as few lines as tell it. */
export function reportOf({ scenario, world, plans }: Run, { violations }: Verdict): string {
  const { history } = world;
  const since = plans[0]?.since ?? 0;
  const requests = history.exchanges.filter(({ number }) => number >= since);
  const byRequest = (number: number) =>
    history.entries
      .filter(({ by }) => typeof by === "object" && by.request === number)
      .map(({ at, what }) => `              took effect at ${clock(at)}: ${what}`);
  return [
    ...violations.map(({ promise, text }) => `BROKEN  ${promises[promise]}: ${text}`),
    `world   ${stateInWords(history.beginning)}`,
    `wish    ${scenario.wish.flow} ${scenario.wish.scaleSets.join(" ")} ${scenario.wish.configuration}, choices ${scenario.wish.choices.join(" ")}`,
    ...inWords("meets", scenario.disturbances),
    ...(scenario.afterwards === undefined
      ? []
      : [
          `then    ${scenario.afterwards.what}${meanwhileInWords(scenario.afterwards.meanwhile)}`,
          ...inWords("meets", scenario.afterwards.disturbances),
        ]),
    ...plans.flatMap(({ plan, outcomes }) => [
      "plan",
      ...plan.changes.map(({ id }) => `        ${id} → ${outcomes.get(id)?.status ?? "unknown"}`),
    ]),
    "sent",
    ...requests.flatMap((one) => [`        ${exchangeInWords(one)}`, ...byRequest(one.number)]),
    ...history.entries
      .filter(({ by }) => by === "others")
      .map(({ at, what }) => `others  at ${clock(at)}: ${what}`),
    `end     ${stateInWords(history.state)}`,
  ]
    .map(shortKey)
    .join("\n");
}

function inWords(heading: string, disturbances: readonly Disturbance[]): readonly string[] {
  return disturbances.map((one) => `${heading.padEnd(8)}${disturbanceInWords(one)}`);
}

function exchangeInWords({ number, method, path, status, fate, ifMatch }: Exchange): string {
  const tail = path.includes("/providers/") ? path.replace(/^.*?\/providers\//, "…/") : path;
  const condition = ifMatch === undefined ? "" : ` if ${ifMatch}`;
  return `${number} ${method} ${tail}${condition} → ${status ?? "broken"}${fate === undefined ? "" : ` (${fate})`}`;
}

function stateInWords({ scaleSets, configurations, assignments }: WorldState): string {
  const sets = [...scaleSets.values()].map((set) => {
    const its = [...assignments.values()]
      .filter((one) => one.scaleSetId === set.id.toLowerCase())
      .map(({ name, configurationId }) => `${name}→${lastName(configurationId)}`);
    return `${lastName(set.id)} ${isEnabled(set) ? "on" : "off"} [${its.join(", ")}]${set.upgrade ? ` ${set.upgrade.code}` : ""}`;
  });
  return `${sets.join("; ")}; configurations ${[...configurations.keys()].map(lastName).join(", ")}`;
}

function clock(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23);
}
