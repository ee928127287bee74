import type { Calendar, CalendarDay, CalendarDensity, CalendarWindow } from "../fleet/contract.ts";
import type { Texts } from "../fleet/texts.ts";
import { button, el, filled, name, part, refill, sign } from "./dom.ts";

type Open = (day: string | undefined) => void;

/** Shows the calendar, with the windows of one day, `YYYY-MM-DD`, opened below it. */
export function showCalendar(calendar: Calendar, opened: string | undefined, texts: Texts, open: Open): void {
  const day = calendar.days.find(({ date }) => date === opened);
  const some = calendar.days.some(({ count }) => count > 0);
  refill(
    part("calendar-body"),
    ...openNow(calendar, texts),
    some
      ? el(
          "ol",
          { class: "days" },
          ...calendar.days.map((one, index) => dayOf(one, index === 0, texts, opened, open)),
        )
      : el("p", {}, calendar.unread ?? texts.noWindows),
    // Those of a day that has just been opened are on their way.
    day?.windows.length === day?.count && day !== undefined ? dayPanel(day, texts, open) : undefined,
    calendar.quiet > 0 ? el("p", { class: "muted" }, filled(texts.quiet, calendar.quiet)) : undefined,
  );
}

function openNow({ open, openCount, openDensity, unread }: Calendar, texts: Texts): readonly HTMLElement[] {
  if (openCount === 0 && unread !== undefined) return [];
  if (openCount === 0) return [el("p", { class: "muted" }, texts.nothingOpen)];
  return [
    el("h3", { class: "is-open" }, sign("●"), ` ${texts.openNow}: ${openCount}`),
    el(
      "ul",
      { class: "open-now" },
      ...open.map((window) => {
        const line = lineOf(window, texts);
        line.append(` · ${window.sets}`);
        return line;
      }),
      ...(openDensity ? standingOut(openDensity) : []),
    ),
  ];
}

function dayOf(
  { date, weekday, day, spoken, windows, count, inConflict, density }: CalendarDay,
  isToday: boolean,
  texts: Texts,
  opened: string | undefined,
  open: Open,
): HTMLElement {
  const counts =
    count === 1 ? texts.windowsOne : count === 0 ? texts.windowsNone : filled(texts.windowsMany, count);
  const label = density === undefined ? texts.details : filled(texts.allWindows, count);
  return el(
    "li",
    { class: isToday ? "day today" : "day" },
    el("h3", { title: spoken }, isToday ? filled(texts.today, day) : `${weekday}, ${day}`),
    el(
      "p",
      { class: "count muted" },
      counts,
      ...(inConflict > 0
        ? [" ", el("span", { class: "is-conflict" }, sign("⚠"), filled(texts.inConflict, inConflict))]
        : []),
    ),
    density && barsOf(density),
    el("ul", {}, ...(density ? standingOut(density) : windows.map((window) => lineOf(window, texts)))),
    count === 0
      ? undefined
      : button(label, () => open(opened === date ? undefined : date), {
          class: "plain",
          key: `day ${date}`,
          "aria-expanded": String(opened === date),
          "aria-label": filled(texts.on, label, spoken),
        }),
  );
}

/** How many windows open in each hour, as bars; in words for those who do not see them. */
function barsOf({ perHour, busiest }: CalendarDensity): HTMLElement {
  const most = Math.max(...perHour);
  const bars = perHour.map((count) => {
    const bar = el("span", {});
    bar.style.height = `${Math.round((count / most) * 100)}%`;
    return bar;
  });
  return el("div", { class: "hours", role: "img", "aria-label": busiest, title: busiest }, ...bars);
}

/** The windows that stand out among many, and how many upgrade nothing. */
function standingOut({ highlights, idle }: CalendarDensity): readonly HTMLElement[] {
  const lines = highlights.map(({ what, window: { times, name: configuration, sets, schedule } }) =>
    el(
      "li",
      { title: `${configuration}\n${schedule}\n${sets}` },
      el("span", { class: "muted" }, `${what}: `),
      el("span", { class: "time" }, times),
      " ",
      name(configuration),
    ),
  );
  return [...lines, ...(idle === undefined ? [] : [el("li", { class: "muted" }, idle)])];
}

function lineOf(
  { times, name: configuration, schedule, conflicts, notes = [] }: CalendarWindow,
  texts: Texts,
): HTMLElement {
  const line = el(
    "li",
    { title: [schedule, ...conflicts, ...notes].join("\n") },
    conflicts.length > 0 ? el("span", { class: "is-conflict" }, sign("⚠")) : undefined,
    `${times} `,
    name(configuration),
  );
  if (conflicts.length > 0) {
    const conflict = filled(texts.conflict, conflicts.join("; "));
    line.setAttribute("aria-label", `${line.textContent}, ${conflict}`);
  }
  return line;
}

/** All windows of one day as a table. */
function dayPanel({ spoken, windows, date }: CalendarDay, texts: Texts, open: Open): HTMLElement {
  const hasNotes = windows.some(({ notes }) => notes !== undefined);
  const heads = [
    ...[texts.times, texts.configuration, texts.sets, texts.schedule, texts.conflicts],
    ...(hasNotes ? [texts.notes] : []),
  ];
  const rows = windows.map(({ times, name: configuration, sets, schedule, conflicts, notes = [] }) =>
    el(
      "tr",
      {},
      el("td", {}, times),
      el("th", { scope: "row" }, name(configuration)),
      el("td", {}, sets),
      el("td", {}, schedule),
      el("td", {}, conflicts.length > 0 ? sign("⚠") : undefined, conflicts.join("; ")),
      hasNotes ? el("td", {}, notes.length > 0 ? sign("ⓘ") : undefined, notes.join("; ")) : undefined,
    ),
  );
  const title = filled(texts.windowsOn, spoken);
  return el(
    "div",
    { class: "panel", role: "region", "aria-label": title },
    el(
      "div",
      { class: "top" },
      el("h3", {}, title),
      button(texts.close, () => open(undefined), { key: `close ${date}` }),
    ),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": title },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, ...rows),
      ),
    ),
  );
}
