import * as vscode from "vscode";
import { memo } from "../core/memo.ts";

/** The display language with the hour cycle that the setting asks for, else with the system's: a BCP 47 tag. */
export function clockLocale(): string {
  const asked = vscode.workspace.getConfiguration("scaleSetMaintenance").get<string>("hourCycle");
  return localeWith(asked)(vscode.env.language);
}

/** Worked out once: each time of day in a row asks for it. */
const localeWith = memo((asked: string | undefined) =>
  memo((language: string) => {
    const system = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hourCycle;
    const hourCycle = asked === "12h" ? "h12" : asked === "24h" ? "h23" : system;
    return new Intl.Locale(language, hourCycle === undefined ? {} : { hourCycle }).toString();
  }),
);
