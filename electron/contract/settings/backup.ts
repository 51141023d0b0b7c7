/** Backups of the catalog. */
import { z } from "zod";
import { setting } from "./setting.ts";

export const backupSchema = z.strictObject({
  keep: setting(
    z.number().int().min(1).max(1000).default(14),
    "How many backups of the catalog are kept.",
    "a whole number from 1 to 1000",
  ),
});
