/** The second ear: a small, different model that hears the same windows. Where the two disagree, a person should listen. */
import type { RecognitionIssue } from "../../captions/recognition/recognition-issue.ts";
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import type { Machine } from "../../config/machine.ts";
import type { SpeechEngine, WindowsOptions } from "../engine.ts";
import { fitsMemory } from "../models/choose-model.ts";
import { demoModelName, type FoundModel } from "../models/found-models.ts";
import { withoutPrecision } from "../models/model-name.ts";
import { toRanges } from "../recognition/recognize.ts";
import { compareHearings, type Disagreement } from "./compare-hearings.ts";
import { withoutNonWords } from "./spoken-word.ts";

/** Words that only the second model has, from which on something is taken to be missing. */
const minMissingWords = 4;

export interface SecondEarRequest {
  /** `none`, `auto`, or the name of a model. */
  readonly wanted: string;
  /** The model that recognizes. */
  readonly model: FoundModel;
  readonly language: string;
  readonly found: readonly FoundModel[];
  readonly machine: Machine;
}

/** Chooses the second model; undefined: none is wanted, or none that fits is on this machine. */
export function chooseSecondEar(request: SecondEarRequest): FoundModel | undefined {
  const { wanted, model, language, found, machine } = request;
  if (wanted === "none") return undefined;
  const fitting = found.filter(
    (other) =>
      other.kind === "speech" &&
      other.family === "whisper" &&
      other.name !== demoModelName &&
      withoutPrecision(other.name) !== withoutPrecision(model.name) &&
      (other.multilingual || language === "en") &&
      fitsMemory({ memoryBytes: other.memoryBytes + model.memoryBytes }, machine),
  );
  if (wanted !== "auto") return fitting.find(({ name }) => name === wanted);
  return fitting.toSorted((a, b) => a.sizeBytes - b.sizeBytes)[0];
}

export interface SecondHearing {
  readonly disagreements: readonly Disagreement[];
  /** Speech of which the second model has words and the first one has none. */
  readonly doubts: readonly RecognitionIssue[];
}

export interface RecognizedStretches {
  readonly stretches: readonly TimeSpan[];
  readonly words: readonly Word[];
}

/**
 * Hears chunks with the model that the engine has loaded, and compares.
 * @returns what was found in each chunk
 */
export async function hearAgainWithSecondEar(
  engine: SpeechEngine,
  sound: { readonly pcm: string; readonly sampleCount: number },
  chunks: readonly RecognizedStretches[],
  options: WindowsOptions,
  signal: AbortSignal | undefined,
): Promise<readonly SecondHearing[]> {
  const others = chunks.map((): readonly Word[] => []);
  await engine.transcribeWindows?.(
    { pcm: sound.pcm, windows: chunks.map(({ stretches }) => toRanges(stretches, sound.sampleCount)) },
    options,
    {
      signal,
      onWindow: ({ index, segments }) => {
        others[index] = withoutNonWords(segments.flatMap((segment) => segment.words));
      },
    },
  );
  return chunks.map(({ words }, index) => {
    const disagreements = compareHearings(words, others[index] ?? []);
    return { disagreements, doubts: disagreements.filter(isMissing).map(toDoubt) };
  });
}

const isMissing = ({ from, to, other }: Disagreement): boolean =>
  other.split(" ").length - (to - from) >= minMissingWords && other !== "";

const toDoubt = ({ startMs, endMs, other }: Disagreement): RecognitionIssue => ({
  reason: "unsure",
  startMs,
  endMs,
  detail: `the second model heard "${other}"`,
});
