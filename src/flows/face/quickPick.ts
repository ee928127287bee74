/** The face of the step engine: VS Code's quick picks and input boxes. */
import * as vscode from "vscode";
import { isSameJson } from "../../core/resources/json.ts";
import { message, type Message } from "../../core/text/message.ts";
import { MessageLine } from "../../ui/messageLine.ts";
import { localize } from "../../ui/messages.ts";
import { plainText } from "../../ui/outside.ts";
import { keepOrder } from "../../ui/quickPicks.ts";
import { Ticks } from "../../ui/ticks.ts";
import { failureOf, failureRows } from "../engine/failure.ts";
import type { Action, Choice, Fold, PickQuestion, Place, Prompter, Reply, Row } from "../engine/question.ts";
import { asideOf, textOf } from "../engine/rows.ts";
import { askText } from "./inputBox.ts";
import { foldItem, type Item, itemOf } from "./pickItems.ts";
import { backButton, show, titleOf } from "./quickInput.ts";
import { wait } from "./waiting.ts";

/** Opens a read-only document, one message a line. */
type ShowText = (title: Message, lines: readonly Message[]) => Promise<void>;

/** Asks in quick picks and input boxes; what is too long for a row is read in a document. */
export function quickPickPrompter(showText: ShowText): Prompter {
  return {
    ask: (question, place) =>
      question.kind === "pick" ? askPick(question, place, showText) : askText(question, place),
    wait,
  };
}

interface Button extends vscode.QuickInputButton {
  /** What it answers with, or does. */
  readonly means: string | (() => Promise<void>);
}

function askPick(question: PickQuestion, place: Place, showText: ShowText): Promise<Reply> {
  const { many, rows, find } = question;
  const pick = vscode.window.createQuickPick<Item>();
  const loading = new AbortController();
  const ticks = new Ticks(pick);
  const line = new MessageLine(pick, titleOf(place, question));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  // What is typed at a review must not bring a fact, which stays in sight, before its first row.
  if (find !== undefined || question.document !== undefined) keepOrder(pick);
  pick.placeholder = plain(question.placeholder);
  const buttons = [...backButton(place), ...(question.buttons ?? []).map((one) => buttonOf(one, one.value))];
  pick.buttons = buttons;

  /** What came ticked: as long as it stays so, the user has answered nothing. */
  let ticked: readonly string[] = [];
  /** What is said where nothing else is. */
  let standing: Message | undefined;
  const say = (text = standing) => line.say(text && localize(text));
  const read = (facts: readonly Row[]) =>
    question.document?.() ?? showText(question.title, facts.flatMap(textOf));

  const unfolded = new Set<Fold>();
  let rowsNow: readonly Row[] = [];
  const draw = () => {
    pick.items = rowsNow
      .flatMap((row) => (row.kind === "fold" && unfolded.has(row) ? [row, ...row.rows()] : [row]))
      .map((row) => ({
        ...(row.kind === "fold" ? foldItem(row, unfolded.has(row)) : itemOf(row)),
        alwaysShow: find !== undefined || row.kind === "fact",
      }));
  };
  const turnOver = (fold: Fold) => {
    if (!unfolded.delete(fold)) unfolded.add(fold);
    pick.keepScrollPosition = true;
    draw();
    pick.activeItems = pick.items.filter(({ row }) => row === fold);
  };
  const fill = (filling: readonly Row[]) => {
    // VS Code gives each row of a multiple choice a checkbox, so only what can be chosen is a row of it.
    const ticking = many !== undefined && filling.some(({ kind }) => kind === "choice");
    const { listed, facts, actions, said } = ticking
      ? asideOf(filling)
      : { ...nothingAside, listed: filling };
    standing = said;
    say();
    pick.canSelectMany = ticking;
    pick.buttons = [
      ...buttons,
      ...actions.map((one) => buttonOf(one, one.run)),
      ...(said === undefined ? [] : [buttonOf(showDetails, () => read(facts))]),
    ];
    rowsNow = listed;
    draw();
    const proposed = new Set([place.remembered ?? question.proposed ?? []].flat());
    const wanted = pick.items.filter(({ row }) => row.kind === "choice" && proposed.has(row.value));
    if (ticking) {
      ticks.set(wanted);
      ticked = valuesOf(wanted);
    }
    // Where nothing is wanted VS Code makes the first row active; an empty list would leave Enter without effect.
    else if (wanted.length > 0) pick.activeItems = wanted;
  };
  const load = async () => {
    if (typeof rows !== "function") return fill(rows);
    pick.items = [];
    pick.busy = true;
    try {
      const loaded = await rows(loading.signal, (progress) => {
        if (!loading.signal.aborted) pick.placeholder = plain(progress);
      });
      if (!loading.signal.aborted) fill(loaded);
    } catch (error) {
      if (!loading.signal.aborted) fill(failureRows(error, load));
    }
    pick.placeholder = plain(question.placeholder);
    pick.busy = false;
  };
  const unfinished = () => {
    const values = valuesOf(pick.selectedItems);
    return pick.canSelectMany && !isSameJson(values, ticked) ? values : undefined;
  };
  const run = (work: () => Promise<void>) => {
    work().catch((error: unknown) => say(failureOf(error)));
  };

  return show(pick, place, unfinished, (reply, stepAside) => {
    void load();
    let isAsking = false;
    const runAside = async (row: Action) => {
      try {
        await stepAside(row.run);
      } finally {
        // A quick pick that was hidden comes back without rows.
        draw();
        pick.activeItems = pick.items.filter((item) => item.row === row);
      }
    };
    const takeConfirmed = async (value: string) => {
      if (isAsking) return;
      isAsking = true;
      try {
        if ((await question.confirm?.(value)) === true) reply({ kind: "value", value });
      } finally {
        isAsking = false;
      }
    };
    const take = (row: Row | undefined) => {
      if (row?.kind === "choice" && question.confirm === undefined)
        reply({ kind: "value", value: row.value });
      else if (row?.kind === "choice") run(() => takeConfirmed(row.value));
      if (row?.kind === "fold") turnOver(row);
      if (row?.kind === "action") run(row.asks === true ? () => runAside(row) : row.run);
      if (row?.kind === "fact") run(() => read([row]));
    };
    return [
      { dispose: () => loading.abort() },
      pick.onDidChangeValue((text) => {
        if (find === undefined) return;
        if (text.trim() === "") void load();
        else fill(find(text));
      }),
      pick.onDidChangeSelection((items) => {
        ticks.note(items);
        if (items.length > 0) say();
      }),
      pick.onDidAccept(() => {
        if (pick.canSelectMany) {
          const values = valuesOf(ticks.taken());
          if (values.length > 0) reply({ kind: "value", value: values });
          else say(many?.none);
          return;
        }
        // Rows that are found again between the press and its arrival here are others to VS Code: then it takes the only one.
        const [only, second] = find === undefined ? [] : pick.items;
        take((pick.selectedItems[0] ?? (second === undefined ? only : undefined))?.row);
      }),
      pick.onDidTriggerButton((pressed) => {
        const means = (pressed as Partial<Button>).means;
        if (typeof means === "string") reply({ kind: "value", value: means });
        else if (means !== undefined) run(means);
      }),
    ];
  });
}

const plain = (text: Message) => plainText(localize(text));

const valuesOf = (items: readonly Item[]) =>
  items.flatMap(({ row }) => (row.kind === "choice" ? [row.value] : []));

const showDetails = { icon: "info", label: message("Show Details") };
const nothingAside = { facts: [], actions: [], said: undefined };

const buttonOf = ({ icon, label }: Pick<Choice, "icon" | "label">, means: Button["means"]): Button => ({
  means,
  iconPath: new vscode.ThemeIcon(icon ?? "ellipsis"),
  tooltip: localize(label),
});
