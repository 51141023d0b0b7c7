/** How the program reaches the internet. */
import { z } from "zod";
import { absolutePath, setting } from "./setting.ts";

export const networkSchema = z.strictObject({
  proxy: setting(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    "Proxy for downloads. Empty: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment.",
    "the web address of a proxy, such as http://proxy.local:3128, or null",
    { mayHoldCredentials: true },
  ),
  folders: setting(
    z.array(absolutePath).default(["/mnt", "/media", "/srv", "/Volumes"]),
    "Folders inside of which an administrator at another machine may choose shares and output folders. Everything else that names a folder or a program is set on the station's own machine.",
    "a list of absolute paths of folders",
    { overNetwork: "never" },
  ),
});
