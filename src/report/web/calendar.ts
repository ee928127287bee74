import type { Calendar, CalendarDay, CalendarWindow } from "../fleet/contract.ts";
import type { Texts } from "../fleet/texts.ts";
import { button, el, filled, name, part, refill, sign } from "./dom.ts";

/** How many windows a day shows without being opened. */
const maxShownWindows = 3;

/** Shows the calendar, with the windows of one day, `YYYY-MM-DD`, opened below it. */
export function showCalendar(
  calendar: Calendar,
  opened: string | undefined,
  texts: Texts,
  open: (day: string | undefined) => void,
): void {
  const day = calendar.days.find(({ date }) => date === opened);
  const some = calendar.days.some(({ windows }) => windows.length > 0);
  refill(
    part("calendar-body"),
    ...openNow(calendar, texts),
    some
      ? el(
          "ol",
          { class: "days" },
          ...calendar.days.map((one, index) => dayOf(one, index === 0, calendar, texts, opened, open)),
        )
      : el("p", {}, texts.noWindows),
    day === undefined ? undefined : dayPanel(day, calendar, texts, open),
    calendar.quiet > 0 ? el("p", { class: "muted" }, filled(texts.quiet, calendar.quiet)) : undefined,
  );
}

function openNow(calendar: Calendar, texts: Texts): readonly HTMLElement[] {
  if (calendar.open.length === 0) return [el("p", { class: "muted" }, texts.nothingOpen)];
  return [
    el("h3", { class: "is-open" }, sign("●"), ` ${texts.openNow}: ${calendar.open.length}`),
    el(
      "ul",
      { class: "open-now" },
      ...calendar.open.slice(0, 8).map((window) => {
        const line = lineOf(window, calendar, texts);
        line.append(` · ${calendar.configurations[window.of]?.sets ?? ""}`);
        return line;
      }),
      calendar.open.length > 8 ? el("li", {}, "…") : undefined,
    ),
  ];
}

function dayOf(
  { date, weekday, day, spoken, windows, inConflict }: CalendarDay,
  isToday: boolean,
  calendar: Calendar,
  texts: Texts,
  opened: string | undefined,
  open: (day: string | undefined) => void,
): HTMLElement {
  const counts =
    windows.length === 1
      ? texts.windowsOne
      : windows.length === 0
        ? texts.windowsNone
        : filled(texts.windowsMany, windows.length);
  const label = windows.length <= maxShownWindows ? texts.details : filled(texts.allWindows, windows.length);
  return el(
    "li",
    { class: isToday ? "day today" : "day" },
    el("h3", { title: spoken }, isToday ? `${texts.today}, ${day}` : `${weekday}, ${day}`),
    el(
      "p",
      { class: "count muted" },
      counts,
      ...(inConflict > 0
        ? [" ", el("span", { class: "is-conflict" }, sign("⚠"), filled(texts.inConflict, inConflict))]
        : []),
    ),
    el("ul", {}, ...windows.slice(0, maxShownWindows).map((window) => lineOf(window, calendar, texts))),
    windows.length === 0
      ? undefined
      : button(label, () => open(opened === date ? undefined : date), {
          class: "plain",
          key: `day ${date}`,
          "aria-expanded": String(opened === date),
          "aria-label": filled(texts.on, label, spoken),
        }),
  );
}

function lineOf({ of, at, conflicts }: CalendarWindow, calendar: Calendar, texts: Texts): HTMLElement {
  const configuration = calendar.configurations[of];
  const said = (conflicts ?? []).map((place) => calendar.conflicts[place] ?? "");
  const line = el(
    "li",
    { title: [configuration?.schedule ?? "", ...said].join("\n") },
    said.length > 0 ? el("span", { class: "is-conflict" }, sign("⚠")) : undefined,
    `${calendar.times[at] ?? ""} `,
    name(configuration?.name ?? ""),
  );
  if (said.length > 0)
    line.setAttribute("aria-label", `${line.textContent}, ${filled(texts.conflict, said.join("; "))}`);
  return line;
}

/** All windows of one day as a table. */
function dayPanel(
  { spoken, windows, date }: CalendarDay,
  calendar: Calendar,
  texts: Texts,
  open: (day: string | undefined) => void,
): HTMLElement {
  const heads = [texts.times, texts.configuration, texts.sets, texts.schedule, texts.conflicts];
  const rows = windows.map(({ of, at, conflicts }) => {
    const configuration = calendar.configurations[of];
    const said = (conflicts ?? []).map((place) => calendar.conflicts[place] ?? "");
    return el(
      "tr",
      {},
      el("td", {}, calendar.times[at] ?? ""),
      el("th", { scope: "row" }, name(configuration?.name ?? "")),
      el("td", {}, configuration?.sets ?? ""),
      el("td", {}, configuration?.schedule ?? ""),
      el("td", {}, said.length > 0 ? sign("⚠") : undefined, said.join("; ")),
    );
  });
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
