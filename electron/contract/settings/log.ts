/** The log. */
import { z } from "zod";
import { setting } from "./setting.ts";

export const logSchema = z.strictObject({
  level: setting(
    z.enum(["error", "warn", "info", "debug"]).default("info"),
    "How much is written to the log file.",
    "error, warn, info or debug",
  ),
});
