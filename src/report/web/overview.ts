import type { Action, Images, Need, NeedName, Note, Standing, Totals, View } from "../fleet/contract.ts";
import type { Texts } from "../fleet/texts.ts";
import { button, el, filled, name, part, refill, sign } from "./dom.ts";

/** What the upper parts of the page ask for. */
export interface Wishes {
  run(command: string, ids: readonly string[]): void;
  runOn(command: string, need: NeedName): void;
  /** Filters the table by this alone, and goes there. */
  show(filter: Partial<View>): void;
  /** Adds a state to the filters of the table, or removes it. */
  toggle(state: View["state"]): void;
}

/** A sign for each state, in addition to its colour and name. */
export const signs: Readonly<Record<string, string>> = {
  unknown: "?",
  broken: "✕",
  blocked: "⊘",
  uncontrolled: "!",
  idle: "‖",
  unmanaged: "○",
  controlled: "✓",
  others: "◇",
  failed: "✕",
  behind: "↓",
  dangling: "!",
  unchecked: "·",
  current: "✓",
};

/** A count, with a mark as long as it grows: "12+". */
export function counted(count: number, { growing }: Pick<Standing, "growing">): string {
  return growing ? `${count}+` : String(count);
}

export function showStanding({ about, notes, instead }: Standing, wishes: Wishes): void {
  refill(
    part("about"),
    ...about.map(({ term, text }) => el("div", {}, el("dt", {}, term), el("dd", {}, el("bdi", {}, text)))),
  );
  refill(part("notes"), ...notes.map((one) => noteOf(one, wishes)));
  refill(part("instead"), instead && noteOf(instead, wishes));
  part("report").hidden = instead !== undefined;
}

function noteOf({ tone, text, actions }: Note, wishes: Wishes): HTMLElement {
  return el(
    "div",
    { class: `note ${tone}` },
    el("p", {}, text),
    ...actions.map((action) => actionButton(action, text, wishes)),
  );
}

export function showTotals(
  { states, own, others }: Totals,
  standing: Standing,
  pressed: View["state"],
  texts: Texts,
  wishes: Wishes,
): void {
  const tile = (state: View["state"], label: string, count: number) =>
    el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: `tile is-${state}`,
          key: `tile ${state}`,
          "aria-pressed": String(pressed === state),
          press: () => wishes.toggle(state),
        },
        el("b", {}, counted(count, standing)),
        el("span", {}, sign(signs[state] ?? ""), label),
      ),
    );
  const bar = el("div", { class: "bar", "aria-hidden": "true" });
  for (const { state, count } of states) {
    const piece = el("span", { class: `is-${state}` });
    piece.style.flexGrow = String(count);
    bar.append(piece);
  }
  const foreign = others.reduce((sum, { count }) => sum + count, 0);
  const services = others
    .map(({ service, count }) => filled(texts.serviceCount, service, counted(count, standing)))
    .join(", ");
  refill(
    part("totals-body"),
    el(
      "p",
      { class: "muted" },
      own === 1 && !standing.growing ? texts.oneOwn : filled(texts.setsOwn, counted(own, standing)),
    ),
    bar,
    el(
      "ul",
      { class: "tiles" },
      ...states.map(({ state, name: label, count }) => tile(state, label, count)),
      foreign > 0 ? tile("others", texts.others, foreign) : undefined,
    ),
    foreign > 0 ? el("p", { class: "muted" }, `${texts.others}: ${services}`) : undefined,
  );
}

export function showNeeds(needs: readonly Need[], standing: Standing, texts: Texts, wishes: Wishes): void {
  const cards = needs.map(({ name: need, count, title, meaning, actions, shows }) =>
    el(
      "li",
      { class: `need is-${need}` },
      el("h3", {}, sign(signs[need] ?? ""), `${title}: ${counted(count, standing)}`),
      el("p", {}, meaning),
      el(
        "div",
        { class: "buttons" },
        ...actions.map((action, index) => actionButton(action, title, wishes, index === 0)),
        shows &&
          button(texts.show, () => wishes.show(shows), {
            class: "plain",
            key: `show ${need}`,
            "aria-label": filled(texts.on, texts.show, title),
          }),
      ),
    ),
  );
  refill(part("needs-body"), ...(cards.length > 0 ? cards : [el("li", {}, texts.nothingNeeded)]));
}

function actionButton(
  { command, label, need }: Action,
  about: string,
  wishes: Wishes,
  isFirst = false,
): HTMLElement {
  const press = () => (need === undefined ? wishes.run(command, []) : wishes.runOn(command, need));
  return button(label, press, {
    ...(isFirst && { class: "first" }),
    key: `${command} ${need ?? about}`,
    "aria-label": need === undefined ? label : `${label} (${about})`,
  });
}

export function showImages(images: Images, standing: Standing, texts: Texts, wishes: Wishes): void {
  const { current, behind, unknown, unchecked, worst } = images;
  const fact = (kind: string, count: number, words: string) =>
    count === 0
      ? undefined
      : el(
          "li",
          { class: `is-${kind}` },
          sign(signs[kind] ?? ""),
          " ",
          el("b", {}, counted(count, standing)),
          ` ${words}`,
        );
  refill(
    part("images-body"),
    el(
      "ul",
      { class: "facts" },
      fact("behind", behind, texts.imagesBehind),
      fact("current", current, texts.imagesCurrent),
      fact("unknown", unknown, texts.imagesUnknown),
      fact("unchecked", unchecked, texts.imagesUnchecked),
    ),
    worst.length > 0 ? el("h3", {}, texts.worst) : undefined,
    worst.length > 0
      ? el(
          "ol",
          {},
          ...worst.map(({ id, name: set, words }) =>
            el(
              "li",
              {},
              button(set, () => wishes.run("explainEligibility", [id]), {
                class: "plain",
                key: `worst ${id}`,
                "aria-label": filled(texts.on, texts.explain, set),
              }),
              name(words),
            ),
          ),
        )
      : undefined,
    el(
      "div",
      { class: "buttons" },
      unchecked > 0
        ? button(texts.checkImages, () => wishes.runOn("checkImageVersions", "unchecked"), {
            class: "first",
            key: "check images",
          })
        : undefined,
      behind > 0
        ? button(texts.show, () => wishes.show({ freshness: "behind" }), {
            class: "plain",
            key: "show images",
            "aria-label": filled(texts.on, texts.show, texts.behindOnly),
          })
        : undefined,
    ),
  );
}
