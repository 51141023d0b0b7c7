/** The score that captions must reach. */
import { z } from "zod";
import { setting } from "./setting.ts";

export const qualitySchema = z.strictObject({
  passScore: setting(
    z.number().min(0).max(1).default(0.7),
    "Score that captions must reach, from 0 to 1; below it they need review.",
    "a number from 0 to 1",
  ),
});
