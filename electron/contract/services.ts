/** The services that a station depends on, as its health is reported. */

/** In the order in which they are shown. The first four are those of the legacy product. */
export const serviceNames = [
  "cablecast",
  "vod",
  "webhooks",
  "storage",
  "database",
  "queue",
  "speech",
  "system",
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** `unused`: it is not set up, so nothing can be wrong with it. `unknown`: it was asked and has not answered yet. */
export const serviceStatuses = ["ok", "warning", "error", "unused", "unknown"] as const;
export type ServiceStatus = (typeof serviceStatuses)[number];
