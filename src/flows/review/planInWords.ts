/** What happens when a plan is confirmed, in one sentence: the first row of its review, and the question of its dialog. */
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, nameOf, type IdKey } from "../../core/resources/ids.ts";
import { capacityOf } from "../../core/resources/scaleSet.ts";
import { inEnglish, joined, message, sentence, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { movesOf, type Move } from "../associations/moves.ts";
import type { FlowContext } from "../engine/context.ts";
import { associating, doingOf, moving, words, type Doing, type Words } from "./doings.ts";

/** "Create mc-nightly and associate 3 scale sets"; in the sandbox it says so. */
export function planInWords({ azure }: Pick<FlowContext, "azure">, plan: Pick<Plan, "changes">): Message {
  return placed(azure, saidOf(phrasesOf(plan)));
}

function placed({ origin }: FlowContext["azure"], said: readonly Message[]): Message {
  const does = sentence(inARow(said));
  return origin === "sandbox" ? message("{0} in the sandbox", does) : does;
}

/** Characters that fit on the first line of a row. */
const lineCharacters = 80;

/** The same, with its effect, on the two lines of a row: as much of it as fits is the first, and nothing of it is cut off. */
export function planOnTwoLines(
  { azure, snapshot }: Pick<FlowContext, "azure" | "snapshot">,
  plan: Pick<Plan, "changes">,
): { readonly label: Message; readonly rest?: Message } {
  const said = saidOf(phrasesOf(plan));
  const effect = effectInWords(snapshot(), plan);
  const fits = (label: Message) => inEnglish(label).length <= lineCharacters;
  const whole = placed(azure, said);
  if (effect !== undefined) {
    const label = message("{0}: {1}", whole, effect);
    return fits(label) ? { label } : { label: whole, rest: effect };
  }
  const counts = said.map((_, index) => said.length - index);
  const count = counts.find((first) => fits(placed(azure, said.slice(0, first)))) ?? 1;
  if (count >= said.length) return { label: whole };
  return { label: placed(azure, said.slice(0, count)), rest: message("and {0}", inARow(said.slice(count))) };
}

/** What it does to instances at once: "replaces 4 OS disks now". Undefined where that is not all that the plan does, or nothing. */
function effectInWords(snapshot: Snapshot, { changes }: Pick<Plan, "changes">): Message | undefined {
  const [doing, second] = new Set(changes.map(doingOf));
  if (second !== undefined) return undefined;
  if (doing === "startUpgrade") return replaced(snapshot, changes);
  if (doing === "updateInstances") return message("they may restart now");
  if (doing === "approveUpgrade") return message("can continue now");
  return undefined;
}

function replaced({ scaleSets }: Snapshot, changes: readonly Change[]): Message {
  const disks = changes.map((change) => {
    const set = scaleSets.get(idKey(subjectOf(change)));
    if (set?.freshness === undefined || set.freshness.state === "unknown")
      return { count: set && capacityOf(set.resource), isKnown: false };
    return { count: set.freshness.instancesBehind, isKnown: true };
  });
  const count = disks.reduce((sum, one) => sum + (one.count ?? 0), 0);
  if (disks.some((one) => one.count === undefined)) return message("replaces OS disks now");
  if (!disks.every(({ isKnown }) => isKnown)) return message("replaces up to {0} OS disks now", count);
  return count === 1 ? message("replaces 1 OS disk now") : message("replaces {0} OS disks now", count);
}

/** One doing with what it is done to. */
interface Phrase {
  readonly doing: Doing;
  readonly words: Words;
  /** The resources by their keys, in the casing of Azure. */
  readonly subjects: ReadonlyMap<IdKey, string>;
}

/** How many are named one by one. */
const maxPhrases = 3;

/** What only prepares for, or makes good, what else is done: not named with it. */
const side: readonly Doing[] = ["registerProvider", "createResourceGroup", "associateAgain"];

/** Those that are counted where there are more than `maxPhrases`, first of all the first. */
const minor: readonly Doing[] = [
  "setPatchSettings",
  "windowsUpdateOn",
  "windowsUpdateOff",
  "changePolicy",
  "addHealthExtension",
  "setImageReference",
];

const order = Object.keys(words);

function phrasesOf(plan: Pick<Plan, "changes">): readonly Phrase[] {
  const byDoing = Map.groupBy(plan.changes, doingOf);
  byDoing.delete("associate");
  byDoing.delete("dissociate");
  const others = [...byDoing].map(([doing, changes]): Phrase => ({
    doing,
    words: words[doing],
    subjects: subjectsOf(changes),
  }));
  const created = new Set((byDoing.get("createConfiguration") ?? []).map(({ target }) => nameOf(target)));
  const all = [...others, ...associationPhrases(plan, created)].toSorted(
    (a, b) => order.indexOf(a.doing) - order.indexOf(b.doing),
  );
  const main = all.filter(({ doing }) => !side.includes(doing));
  return main.length > 0 ? main : all;
}

/** Scale sets that get a configuration, and those that only lose theirs. `created`: what the same sentence names already. */
function associationPhrases(plan: Pick<Plan, "changes">, created: ReadonlySet<string>): readonly Phrase[] {
  const all = movesOf(plan);
  const [getting, losing] = [
    all.filter(({ to }) => to !== undefined),
    all.filter(({ to }) => to === undefined),
  ];
  const [to, other] = new Set(getting.flatMap((move) => move.to ?? []));
  const isMove = getting.every(({ from }) => from.length > 0);
  const isOne = to !== undefined && other === undefined && !created.has(to);
  const said = isOne ? associating(to, isMove) : isMove ? moving : words.associate;
  const subjects = (moves: readonly Move[]) =>
    subjectsOf(moves.flatMap(({ changes }) => [...changes.values()].flat()));
  return [
    { doing: "associate" as const, words: said, subjects: subjects(getting) },
    { doing: "dissociate" as const, words: words.dissociate, subjects: subjects(losing) },
  ].filter((phrase) => phrase.subjects.size > 0);
}

function subjectsOf(changes: readonly Change[]): ReadonlyMap<IdKey, string> {
  return new Map(changes.map((change) => [idKey(subjectOf(change)), subjectOf(change)]));
}

function saidOf(phrases: readonly Phrase[]): readonly Message[] {
  const dropped = new Set(
    phrases.length <= maxPhrases
      ? []
      : phrases.toSorted((a, b) => importanceOf(a) - importanceOf(b)).slice(0, phrases.length - maxPhrases),
  );
  const shown = phrases.filter((phrase) => !dropped.has(phrase));
  const said = shown.map((phrase, index) => phraseInWords(phrase, shown[index - 1]));
  const more = [...dropped].reduce((sum, { subjects }) => sum + subjects.size, 0);
  if (more === 0) return said;
  return [...said, message("{0} more", more)];
}

function inARow(said: readonly Message[]): Message {
  const [last, ...before] = said.toReversed();
  if (last === undefined || before.length === 0) return joined("", said);
  return message("{0} and {1}", joined(", ", before.toReversed()), last);
}

/** Of those that are not minor all are alike. */
function importanceOf({ doing }: Phrase): number {
  const place = minor.indexOf(doing);
  return place === -1 ? minor.length : place;
}

function phraseInWords(phrase: Phrase, before: Phrase | undefined): Message {
  const { subjects, words: said } = phrase;
  const [[, only] = ["", ""]] = subjects;
  const isSame =
    before !== undefined &&
    before.subjects.size === subjects.size &&
    [...subjects.keys()].every((key) => before.subjects.has(key));
  if (isSame && said.same !== undefined) return said.same;
  return subjects.size === 1 ? said.one(nameOf(only)) : said.many(subjects.size);
}

/** One doing, over these resources: "Turn on automatic OS upgrades for 12 scale sets". */
export function doingInWords(doing: Doing, subjects: ReadonlyMap<string, readonly Change[]>): Message {
  const [[only] = []] = subjects.values();
  const { one, many } = words[doing];
  return sentence(subjects.size === 1 && only ? one(nameOf(subjectOf(only))) : many(subjects.size));
}
