/** The columns of a cue, in versions and in drafts alike. */

import { alignments, positions } from "../../captions/cue.ts";
import { integer, text } from "../drizzle.ts";

/** Made anew for each table: drizzle binds a column to the table that it is given to. */
export const createCueColumns = () => ({
  startMs: integer("start_ms").notNull(),
  endMs: integer("end_ms").notNull(),
  lines: text("lines").notNull(),
  styles: text("styles"),
  edge: text("edge", { enum: positions }),
  align: text("align", { enum: alignments }),
  speaker: text("speaker"),
  places: text("places"),
});
