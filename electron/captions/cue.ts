/** The caption cue, shared by encoder, editor, catalog, files and interface. */
import { z } from "zod";
import { type Immutable, immutable } from "./readonly.ts";

/** Style of a line. CEA-608 sets it for a whole row at no cost, which is all that captions of meetings need. */
export const lineStyleSchema = z.object({
  italic: z.boolean().exactOptional(),
  underline: z.boolean().exactOptional(),
});
export type LineStyle = Immutable<z.infer<typeof lineStyleSchema>>;

export const positions = ["bottom", "top"] as const;
export const alignments = ["center", "left"] as const;

/** The fields of a cue, for schemas that add to them or allow less. */
export const cueFields = {
  /** Milliseconds from the start of the recording. */
  startMs: z.number().int(),
  /** Milliseconds; after `startMs`. */
  endMs: z.number().int(),
  /** From top to bottom; without markup. */
  lines: z.array(z.string()),
  /** One for each line; absent: plain. */
  styles: z.array(lineStyleSchema).exactOptional(),
  /** Vertical position; absent: at the bottom. At the top while a name strip is at the bottom. */
  edge: z.enum(positions).exactOptional(),
  /** Horizontal alignment; absent: the profile's. */
  align: z.enum(alignments).exactOptional(),
  /** Name of the speaker, if known. */
  speaker: z.string().exactOptional(),
};

const cueObject = z.object(cueFields);

/** One caption: lines of text, the time at which they appear and the time at which they disappear. */
export type Cue = Immutable<z.infer<typeof cueObject>>;
export const cueSchema = immutable(cueObject);

/** The text of a cue in one line. */
export function cueText(cue: Cue): string {
  return cue.lines.join(" ");
}

/** A line of a cue with its style. */
export interface CueRow extends LineStyle {
  readonly text: string;
}

/** The lines of a cue that hold text, with their styles. */
export function toCueRows(cue: Cue): readonly CueRow[] {
  return cue.lines.flatMap((text, index) => (text.trim() === "" ? [] : [{ ...cue.styles?.[index], text }]));
}
