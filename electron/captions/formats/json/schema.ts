/** Archivist's own caption file: cues and words with all that is known about them. Its fields: resources/manual/command-line.md, "The JSON caption file". */
import { z } from "zod";
import { cueFields } from "../../cue.ts";
import { wordFields } from "../../word.ts";

const lineBreak = /[\r\n\u2028\u2029]+/;

const milliseconds = z.number().int().nonnegative();

export const captionDocumentSchema = z.object({
  format: z.literal("archivist-captions"),
  version: z.literal(1),
  recording: z.string().optional(),
  durationMs: milliseconds.optional(),
  model: z.string().optional(),
  language: z.string().optional(),
  cues: z.array(
    z
      .object({ ...cueFields, startMs: milliseconds, endMs: milliseconds })
      .refine((cue) => cue.endMs > cue.startMs, "a cue must end after it begins")
      // A line break inside a line would begin a block of its own in SRT and WebVTT.
      .transform((cue) => {
        if (!cue.lines.some((line) => lineBreak.test(line))) return cue;
        const rows = cue.lines.flatMap((line, index) => {
          // Parts and places of a line say nothing of the pieces that it is broken into.
          const { parts: _parts, ...style } = cue.styles?.[index] ?? {};
          return line.split(lineBreak).map((text) => ({ text, style }));
        });
        const { places: _places, ...rest } = cue;
        const lines = rows.map(({ text }) => text);
        return { ...rest, lines, ...(cue.styles === undefined ? {} : { styles: rows.map(({ style }) => style) }) };
      }),
  ),
  words: z
    .array(
      z.object({
        ...wordFields,
        startMs: milliseconds,
        endMs: milliseconds,
        probability: z.number().min(0).max(1),
      }),
    )
    .default([]),
});
