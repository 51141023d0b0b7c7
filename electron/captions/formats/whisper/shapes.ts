/**
 * The JSON of Whisper in its kinds: openai-whisper and WhisperX (`segments`), whisper.cpp (`transcription`), and a bare
 * list of segments, as programs with faster-whisper print it. Only what is used is looked at.
 */
import { z } from "zod";
import { NotCaptionsError } from "../not-captions.ts";

const seconds = z.number().nullish();

const wordSchema = z.object({
  word: z.string().nullish(),
  text: z.string().nullish(),
  start: seconds,
  end: seconds,
  /** openai-whisper and faster-whisper; WhisperX calls it a score. */
  probability: z.number().nullish(),
  score: z.number().nullish(),
  speaker: z.string().nullish(),
});

const segmentSchema = z.object({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  words: z.array(wordSchema).nullish(),
  speaker: z.string().nullish(),
});

const offsets = z.object({ from: z.number(), to: z.number() });

const cppSegmentSchema = z
  .object({
    offsets,
    text: z.string(),
    tokens: z.array(z.object({ text: z.string(), offsets: offsets.nullish(), p: z.number().nullish() })).nullish(),
    speaker: z.string().nullish(),
  })
  .transform(({ offsets: times, text, tokens, speaker }) => ({
    start: times.from / 1000,
    end: times.to / 1000,
    text,
    speaker,
    words: tokens
      // Tokens in brackets are marks of the model, such as [_BEG_].
      ?.filter((token) => !/^\[_.*_?\]$/.test(token.text))
      .map((token) => ({
        word: token.text,
        start: token.offsets && token.offsets.from / 1000,
        end: token.offsets && token.offsets.to / 1000,
        probability: token.p,
      })),
  }));

/** A segment of faster-whisper that was printed as a list: id, seek, start, end, text. */
const listSegmentSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number(), z.string()], z.unknown())
  .transform(([, , start, end, text]) => ({ start, end, text }));

const anySegmentSchema = z.union([segmentSchema, cppSegmentSchema, listSegmentSchema]);

export type WhisperSegment = z.output<typeof segmentSchema>;
export type WhisperWord = z.output<typeof wordSchema>;

const documentSchema = z.object({
  segments: z.array(z.unknown()).nullish(),
  transcription: z.array(z.unknown()).nullish(),
  words: z.array(wordSchema).nullish(),
  language: z.string().nullish(),
  result: z.object({ language: z.string().nullish() }).nullish(),
});

export interface WhisperDocument {
  readonly segments: readonly WhisperSegment[];
  /** Words outside of any segment: what there is where a file has no segments. */
  readonly words: readonly WhisperWord[];
  /** How many segments could not be read. */
  readonly unreadable: number;
  readonly language: string | undefined;
}

/** Python prints numbers that JSON does not know. */
function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    const repaired = text.replace(/([:[,]\s{0,9})(?:NaN|-?Infinity)(?=\s{0,9}[,\]}])/g, "$1null");
    if (repaired === text) throw thrown;
    return JSON.parse(repaired) as unknown;
  }
}

/** @throws NotCaptionsError when it is not JSON, or has neither segments nor words */
export function parseWhisperDocument(text: string): WhisperDocument {
  let json: unknown;
  try {
    json = parsePythonJson(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new NotCaptionsError(`this is not valid JSON (${(thrown as Error).message})`);
  }
  const parsed = documentSchema.safeParse(Array.isArray(json) ? { segments: json } : json);
  if (!parsed.success) throw new NotCaptionsError("this JSON is not a transcript of Whisper");
  const { segments, transcription, words, language, result } = parsed.data;
  const all = segments ?? transcription ?? [];
  const read = all.flatMap((segment) => {
    const found = anySegmentSchema.safeParse(segment);
    return found.success ? [found.data] : [];
  });
  if (read.length === 0 && (words ?? []).length === 0) {
    throw new NotCaptionsError("this JSON has no segments with text and times");
  }
  return {
    segments: read,
    words: words ?? [],
    unreadable: all.length - read.length,
    language: language ?? result?.language ?? undefined,
  };
}
