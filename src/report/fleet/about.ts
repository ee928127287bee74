import { message } from "../../core/text/message.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { instantInWords } from "../wording.ts";
import type { PlainWording } from "../wording.ts";
import type { Fact } from "./contract.ts";

/** How many tenants and accounts are named. */
const maxNamed = 3;

/** Whose fleet it is, when it was read and on which clock: what a printed or copied report can't do without. */
export function aboutIn(
  snapshot: Snapshot,
  wording: PlainWording,
  timeOf = (instant: string) => instantInWords(instant, wording),
): readonly Fact[] {
  const { say, zone } = wording;
  const ways = [...snapshot.subscriptions.values()].map(({ subscription: { through } }) => through);
  const tenants = ways.map(({ tenantName, tenantId }) =>
    tenantName === "" ? tenantId : `${tenantName} (${tenantId})`,
  );
  const accounts = ways.flatMap(({ account }) => account?.label ?? []);
  const readAt = snapshot.savedAt ?? snapshot.readAt;
  const facts = [
    [message("Tenant"), fewOf(tenants, wording)],
    [message("Account"), snapshot.origin === "sandbox" ? say(message("Sandbox")) : fewOf(accounts, wording)],
    [message("Time zone"), zone],
    [message("Last refreshed"), readAt === undefined ? "" : timeOf(readAt)],
  ] as const;
  return facts.flatMap(([term, text]) => (text === "" ? [] : [{ term: say(term), text }]));
}

function fewOf(texts: readonly string[], { say }: PlainWording): string {
  const each = [...new Set(texts)];
  const shown = each.slice(0, maxNamed).join(", ");
  const more = each.length - maxNamed;
  return more > 0 ? say(message("{0} and {1} more", shown, more)) : shown;
}
