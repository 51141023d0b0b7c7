/** Archivist's own caption file: cues and words with all that is known about them. Its fields: resources/manual/command-line.md, "The JSON caption file". */
import { z } from "zod";
import { type Cue, cueFields } from "../cue.ts";
import { type Word, wordFields } from "../word.ts";
import { NotCaptionsError } from "./not-captions.ts";

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
        const rows = cue.lines.flatMap((line, index) =>
          line.split(/[\r\n\u2028\u2029]+/).map((text) => ({ text, style: cue.styles?.[index] ?? {} })),
        );
        if (rows.length === cue.lines.length) return cue;
        // Where a line has become two, the places and parts of the lines are not known any more.
        const { places: _, ...rest } = cue;
        const styles = rows.map(({ style: { parts: __, ...style } }) => style);
        return { ...rest, lines: rows.map(({ text }) => text), ...(cue.styles === undefined ? {} : { styles }) };
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

/** The document without what is the same in every one. */
export type CaptionContent = {
  readonly recording?: string;
  readonly durationMs?: number;
  readonly model?: string;
  readonly language?: string;
  readonly cues: readonly Cue[];
  readonly words: readonly Word[];
};

/** JSON with one cue and one word a line, so that two versions can be compared by eye and by diff. */
export function formatCaptionJson(content: CaptionContent): string {
  const { cues, words, ...head } = content;
  const rows = (items: readonly unknown[]): string =>
    items.length === 0 ? "[]" : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
  const lines = Object.entries({ format: "archivist-captions", version: 1, ...head }).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  const tidy = words.map(({ text, startMs, endMs, probability, estimated, speaker }) => ({
    text,
    startMs,
    endMs,
    probability: Math.round(probability * 1000) / 1000,
    ...(estimated === true ? { estimated } : {}),
    ...(speaker === undefined ? {} : { speaker }),
  }));
  return `{\n${lines.join(",\n")},\n  "cues": ${rows(cues)},\n  "words": ${rows(tidy)}\n}\n`;
}

/**
 * Reads an Archivist caption file.
 * @throws NotCaptionsError where it is not one
 */
export function readCaptionJson(text: string): z.output<typeof captionDocumentSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new NotCaptionsError(`this is not valid JSON (${(thrown as Error).message})`);
  }
  const parsed = captionDocumentSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.length ? ` at ${issue.path.join(".")}` : "";
  throw new NotCaptionsError(`this is not an Archivist caption file (${issue?.message ?? "unknown"}${place})`);
}
