/** Newer versions of the program. */
import { z } from "zod";
import { setting } from "./setting.ts";

export const updatesSchema = z.strictObject({
  automatic: setting(
    z.boolean().default(true),
    "The desktop program looks for newer versions of itself. It installs them only when you say so.",
    "true or false",
  ),
});
