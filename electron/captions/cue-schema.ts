/** How a cue's looks are read back from where they were written: our JSON files, the catalog. */
import { z } from "zod";

/** One for each line. */
export const lineStylesSchema = z.array(
  z.object({ italic: z.boolean().exactOptional(), underline: z.boolean().exactOptional() }),
);
