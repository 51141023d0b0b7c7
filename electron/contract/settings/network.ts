/** How the program reaches the internet. */
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
