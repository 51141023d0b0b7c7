/** Network and log. */
import { z } from "zod";
import { setting } from "./setting.ts";

export const networkSchema = z.strictObject({
  proxy: setting(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    "Proxy for downloads. Empty: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment.",
    "the web address of a proxy, such as http://proxy.local:3128, or null",
  ),
});

export const updatesSchema = z.strictObject({
  automatic: setting(
    z.boolean().default(true),
    "The desktop program looks for newer versions of itself. It installs them only when you say so.",
    "true or false",
  ),
});

export const logSchema = z.strictObject({
  level: setting(
    z.enum(["error", "warn", "info", "debug"]).default("info"),
    "How much is written to the log file.",
    "error, warn, info or debug",
  ),
});
