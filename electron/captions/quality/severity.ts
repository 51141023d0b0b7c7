/** How much an issue matters. */
import { z } from "zod";

/** `error` blocks publishing; `warning` needs to be dismissed with a reason, or repaired. */
export const severities = ["error", "warning"] as const;
export const severitySchema = z.enum(severities);
export type Severity = (typeof severities)[number];
