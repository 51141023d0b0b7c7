/** Parses the output of whisper.cpp 1.5's `main`: its JSON file and its lines on standard error. */
import { z } from "zod";
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { RecognizedSegment } from "../engine.ts";

const outputSchema = z.object({
  result: z.object({ language: z.string() }),
  transcription: z.array(
    z.object({
      offsets: z.object({ from: z.number(), to: z.number() }),
      text: z.string(),
      tokens: z.array(z.object({ text: z.string(), p: z.number() })).default([]),
    }),
  ),
});

export interface MainOutput {
  readonly segments: readonly RecognizedSegment[];
  readonly language: string;
}

/**
 * Parses the JSON of `--output-json-full`.
 * @param bytes the file; its texts are cut at tokens, so that a character may be split between two of them
 * @param place converts a span of the sound that the program was given to the recording's timeline
 * @throws ArchivistError `engine.protocol`
 */
export function readMainOutput(bytes: Buffer, place: (span: TimeSpan) => TimeSpan): MainOutput {
  // Latin-1 keeps every byte, even of a split character; words are decoded once they are complete.
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("latin1"));
  } catch (thrown) {
    throw new ArchivistError("engine.protocol", { underlying: thrown });
  }
  const output = outputSchema.safeParse(json);
  if (!output.success) throw new ArchivistError("engine.protocol", { underlying: output.error });
  const segments = output.data.transcription.map(({ offsets, tokens }) => {
    const span = { startMs: Math.max(0, offsets.from), endMs: Math.max(0, offsets.from, offsets.to) };
    return { ...place(span), words: layOut(toWords(tokens), span, place), noSpeechProbability: undefined };
  });
  return { segments, language: output.data.result.language };
}

interface RecognizedWord {
  readonly text: string;
  readonly probability: number;
}

/** Joins tokens to words: one that begins with a space begins a word, punctuation belongs to the word before it. */
function toWords(tokens: readonly { readonly text: string; readonly p: number }[]): readonly RecognizedWord[] {
  const groups: { text: string; readonly probabilities: number[] }[] = [];
  for (const { text, p } of tokens) {
    // "[_BEG_]", "[_TT_150]": markers, not text.
    if (/^\[_.*\]$/.test(text)) continue;
    const last = groups.at(-1);
    if (last === undefined || text.startsWith(" ")) groups.push({ text: text.trimStart(), probabilities: [p] });
    else {
      last.text += text;
      last.probabilities.push(p);
    }
  }
  return groups
    .map(({ text, probabilities }) => ({
      text: Buffer.from(text, "latin1").toString("utf8").trim(),
      probability: Math.min(1, probabilities.reduce((sum, p) => sum + p, 0) / probabilities.length),
    }))
    .filter(({ text }) => text !== "");
}

/**
 * Distributes a segment's time over its words by their length. The token times of 1.5 are no better: it compares a
 * segment's tokens with the energy at the start of the sound.
 */
function layOut(
  words: readonly RecognizedWord[],
  span: TimeSpan,
  place: (span: TimeSpan) => TimeSpan,
): readonly Word[] {
  const weights = words.map(({ text }) => text.length + 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return words.map((word, index) => {
    const startMs = span.startMs + Math.round(((span.endMs - span.startMs) * before) / total);
    before += weights[index] as number;
    const endMs = span.startMs + Math.round(((span.endMs - span.startMs) * before) / total);
    return { ...word, ...place({ startMs, endMs }), estimated: true };
  });
}

/** Parses `whisper_print_progress_callback: progress =  73%` to a share from 0 to 1; undefined for other lines. */
export function progressShare(line: string): number | undefined {
  const percent = /progress =\s*(\d+)%/.exec(line)?.[1];
  return percent === undefined ? undefined : Math.min(1, Number(percent) / 100);
}

/** Parses `whisper_full_with_state: auto-detected language: en (p = 0.97)`. */
export function detectedLanguage(
  lines: readonly string[],
): { readonly language: string; readonly probability: number } | undefined {
  for (const line of lines) {
    const match = /auto-detected language: (\w+) \(p = ([\d.]+)\)/.exec(line);
    if (match) return { language: match[1] ?? "", probability: Number(match[2]) };
  }
  return undefined;
}

/** Lists the enabled features of `system_info: n_threads = 2 / 2 | AVX = 1 | AVX2 = 1 | …`. */
export function cpuFeatures(lines: readonly string[]): readonly string[] {
  const line = lines.find((text) => text.includes("system_info:")) ?? "";
  return [...line.matchAll(/(\w+) = 1\b/g)].map((match) => match[1] ?? "").filter((name) => !name.startsWith("n_"));
}
