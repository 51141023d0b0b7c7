/** The caption cue, shared by encoder, editor, catalog, files and interface. */
import { z } from "zod";
import { type Immutable, immutable } from "./readonly.ts";

/** The colors of CEA-608 text other than white (47 CFR 15.119(h)). */
export const textColors = ["green", "blue", "cyan", "red", "yellow", "magenta"] as const;
export type TextColor = (typeof textColors)[number];

const textStyleFields = {
  italic: z.boolean().exactOptional(),
  underline: z.boolean().exactOptional(),
  /** Absent: white. */
  color: z.enum(textColors).exactOptional(),
};

/** How a part of a line is written: this style holds for it instead of the line's own. */
const stylePartSchema = z.object({
  /** First and last-plus-one UTF-16 index in the line. */
  from: z.number().int().min(0),
  to: z.number().int().min(1),
  ...textStyleFields,
});
export type StylePart = Immutable<z.infer<typeof stylePartSchema>>;

/** Style of a line: what holds for all of it, and the parts that look otherwise, in order and without overlap. */
export const lineStyleSchema = z.object({ ...textStyleFields, parts: z.array(stylePartSchema).exactOptional() });
export type LineStyle = Immutable<z.infer<typeof lineStyleSchema>>;

/** The place of a line on the screen of CEA-608, counted from 1 as its tables do: 15 rows of 32 columns. */
export const linePlaceSchema = z.object({
  row: z.number().int().min(1).max(15),
  column: z.number().int().min(1).max(32),
});
export type LinePlace = Immutable<z.infer<typeof linePlaceSchema>>;

export const positions = ["bottom", "middle", "top"] as const;
export type Position = (typeof positions)[number];
/** What a profile may align all captions to. */
export const profileAlignments = ["center", "left"] as const;
/** What a single caption may be aligned to. */
export const alignments = [...profileAlignments, "right"] as const;
export type Alignment = (typeof alignments)[number];

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
  /** The exact place of each line, where the caption was read from a file that has it; absent: from `edge`, `align`. */
  places: z.array(linePlaceSchema).exactOptional(),
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

/** A line of a cue with its style, and its place where that is known. */
export interface CueRow extends LineStyle {
  readonly text: string;
  readonly place?: LinePlace;
}

/** The lines of a cue that hold text, with their styles. */
export function toCueRows(cue: Cue): readonly CueRow[] {
  return cue.lines.flatMap((text, index) => {
    if (text.trim() === "") return [];
    const place = cue.places?.[index];
    return [{ ...cue.styles?.[index], text, ...(place === undefined ? {} : { place }) }];
  });
}
