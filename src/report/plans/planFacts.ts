import { message } from "../../core/text/message.ts";
import { isoInZone } from "../../core/text/zonedTime.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import { commandAddress, planTarget } from "../links.ts";
import { details } from "../pageParts.ts";
import { secondInWords } from "../wording.ts";
import type { PlainWording } from "../wording.ts";
import type { Access, PlanLink, DescribedPlan } from "./describedPlan.ts";

/** When a plan was confirmed, begun and ended, through whom, and which others it has to do with. */
export function planFacts(plan: DescribedPlan, wording: PlainWording): Html {
  const { say } = wording;
  const { origin, access, cloud, undoes, retries, undoneBy } = plan;
  const accounts = unique(access.map((one) => accountInWords(one, say)));
  const tenants = unique(access.map(tenantInWords));
  // The sandbox has neither.
  const isReal = origin === "azure";
  const notKept = say(message("Not recorded"));
  return details(
    [
      [message("Confirmed"), moment(plan.confirmedAt, wording)],
      [message("First change sent"), moment(plan.firstSentAt, wording)],
      [message("Ended"), moment(plan.endedAt, wording) ?? say(message("Not yet"))],
      [message("Account"), isReal ? accounts.join(", ") || notKept : undefined],
      [message("Tenant"), tenants.join(", ") || (isReal ? notKept : undefined)],
      [message("Cloud"), cloud],
      [message("Undoes"), undoes && planLink(undoes, wording)],
      [message("Retries"), retries && planLink(retries, wording)],
      [message("Undone by"), undoneBy && planLink(undoneBy, wording)],
    ],
    wording,
  );
}

/** What the user calls the account through which a subscription was reached. */
export function accountInWords({ account }: Access, say: PlainWording["say"]): string {
  if (account === undefined) return "";
  return account === "notSignedIn" ? say(message("Account not signed in")) : account.label;
}

/** The name and the id of the tenant. */
export function tenantInWords({ tenant, tenantId }: Access): string {
  return tenant === undefined ? tenantId : `${tenant} (${tenantId})`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== "");
}

function planLink({ id, title }: PlanLink, { say }: PlainWording): Html {
  return html`<a href="${commandAddress("showPlanResults", [planTarget(id)])}">${say(title)}</a>`;
}

/** A moment on the user's clock to the second, with the zone. */
export function moment(at: number | undefined, wording: PlainWording): Html | undefined {
  if (at === undefined) return undefined;
  const { zone } = wording;
  return html`<time datetime="${isoInZone(at, zone)}">${secondInWords(at, wording)} (${zone})</time>`;
}
