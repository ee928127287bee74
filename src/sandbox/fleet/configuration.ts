import { dayMs } from "../clock.ts";
import { resourceId } from "../ids.ts";
import type { JsonObject } from "../json.ts";
import { createdAndModified } from "../resources/systemData.ts";

/** Days from now, and the hour. */
export type Moment = readonly [days: number, time: string];

/** A maintenance configuration in short. */
export interface ConfigurationModel {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags?: JsonObject;
  readonly start: Moment;
  readonly expiry?: Moment;
  readonly properties: JsonObject;
  /** The rest of its window; undefined for one without any. */
  readonly window: JsonObject | undefined;
}

export const configurationId = (subscriptionId: string, group: string, name: string): string =>
  resourceId(subscriptionId, group, "Microsoft.Maintenance/maintenanceConfigurations", name);

/** `YYYY-MM-DD hh:mm`, so many days from `now`. */
const dateTime = (now: number, [days, time]: Moment): string =>
  `${new Date(now + days * dayMs).toISOString().slice(0, 10)} ${time}`;

/** The whole resource, as a GET returns it. */
export function configurationBody(model: ConfigurationModel, now: number): JsonObject {
  const created = new Date(now + (model.start[0] - 3) * dayMs).toISOString();
  return {
    id: model.id,
    name: model.name,
    type: "Microsoft.Maintenance/maintenanceConfigurations",
    location: model.location,
    tags: model.tags ?? {},
    systemData: createdAndModified(created),
    properties: {
      namespace: "Microsoft.Maintenance",
      extensionProperties: {},
      visibility: "Custom",
      configurationType: "Regular",
      ...model.properties,
      ...(model.window !== undefined && {
        maintenanceWindow: {
          startDateTime: dateTime(now, model.start),
          ...(model.expiry !== undefined && { expirationDateTime: dateTime(now, model.expiry) }),
          ...model.window,
        },
      }),
    },
  };
}
