/** The dimensions of a Whisper model, as OpenAI's `ModelDimensions` names them, and those that whisper.cpp can run. */
import { notWhisper } from "./refusals.ts";

export interface WhisperDimensions {
  /** Words and special tokens. */
  readonly vocabulary: number;
  /** Positions of the encoder: 1,500 for thirty seconds. */
  readonly audioPositions: number;
  /** Width of encoder and decoder. */
  readonly width: number;
  readonly audioHeads: number;
  readonly audioLayers: number;
  readonly textPositions: number;
  readonly textHeads: number;
  readonly textLayers: number;
  readonly melBands: number;
}

/** English only; 99 languages; 100 languages (large-v3). whisper.cpp derives the numbers of its special tokens from this. */
const vocabularies: readonly number[] = [51_864, 51_865, 51_866];
export const maxWidth = 4_096;

/** English-only models have 50,256 words, others 50,257, the last of which is empty; what follows are special tokens. */
export function countWords(vocabulary: number): number {
  return isMultilingual(vocabulary) ? 50_257 : 50_256;
}

export function isMultilingual(vocabulary: number): boolean {
  return vocabulary >= 51_865;
}

/**
 * Refuses dimensions that whisper.cpp cannot run, with the limits of whisper-host.
 * @throws ArchivistError `model.invalid`
 */
export function requirePlausible(dimensions: WhisperDimensions, subject: string): void {
  const { vocabulary, width, audioHeads, textHeads } = dimensions;
  if (!vocabularies.includes(vocabulary)) {
    throw notWhisper(
      subject,
      `its vocabulary has ${vocabulary.toLocaleString("en")} entries, and Whisper's have 51,864, 51,865 or 51,866`,
      "Words were added to this model, which the speech engine cannot use. Import one whose vocabulary is Whisper's own.",
    );
  }
  const limits: readonly (readonly [name: keyof WhisperDimensions, min: number, max: number])[] = [
    ["audioPositions", 100, 6_000],
    ["width", 32, maxWidth],
    ["audioHeads", 1, 64],
    ["audioLayers", 1, 128],
    ["textPositions", 32, 2_048],
    ["textHeads", 1, 64],
    ["textLayers", 1, 128],
    ["melBands", 40, 256],
  ];
  const isWithin = limits.every(([name, min, max]) => {
    const value = dimensions[name];
    return Number.isInteger(value) && value >= min && value <= max;
  });
  if (!isWithin || width % audioHeads !== 0 || width % textHeads !== 0)
    throw notWhisper(subject, "its dimensions are not those of a Whisper model");
}
