/** Cablecast: where it is, and how recordings are published. User and secret are not settings: they are kept apart. */
import { z } from "zod";
import { leaf } from "./leaf.ts";

export const cablecastSchema = z.strictObject({
  url: leaf(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    "Web address of the Cablecast server, such as https://station.cablecast.tv. User and secret: `archivist cablecast login`.",
    "a web address that begins with https:// or http://, or null",
  ),
  location: leaf(
    z.number().int().positive().default(1),
    "Id of the Cablecast location whose shows are used.",
    "a whole number above 0",
  ),
  timeoutSeconds: leaf(
    z.number().min(0.1).max(600).default(30),
    "A call that is not answered within this many seconds has failed.",
    "a number of seconds from 0.1 to 600",
  ),
  attempts: leaf(
    z.number().int().min(1).max(10).default(4),
    "How often a call is made that is safe to repeat.",
    "a whole number from 1 to 10",
  ),
  retrySeconds: leaf(
    z.number().min(0).max(60).default(1),
    "Wait before the second call, in seconds; it doubles with each further one.",
    "a number of seconds from 0 to 60",
  ),
});
