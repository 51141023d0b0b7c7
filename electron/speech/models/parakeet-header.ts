/**
 * The head of a Parakeet model in ggml format, as models/convert-parakeet-to-ggml.py of whisper.cpp writes it. The limits
 * are those of whisper-host (native/whisper-host/src/parakeet_file.cpp).
 */

/** The magic and fifteen numbers. */
export const parakeetHeaderBytes = 64;

/** Whisper's vocabularies have more than 50,000 words. */
const minWhisperVocabulary = 50_000;
/** Steps of the spectrogram to one of the network, of all published models. */
const subsampling = 8;
/** The vocabulary of version 2 (English) has 1,024 pieces, that of version 3 (25 languages) 8,192. */
const maxEnglishVocabulary = 4_096;

/** Places of the numbers that the reader needs, in bytes. */
const at = { vocabulary: 4, state: 12, heads: 16, layers: 20, bands: 24, type: 28, fft: 32, subsampling: 36 } as const;
const later = { channels: 40, kernel: 44, prediction: 48, predictionLayers: 52, durations: 56, maxTokens: 60 } as const;

/** True for the head of a Parakeet model, as opposed to a Whisper model's. */
export function isParakeet(header: Buffer): boolean {
  if (header.length < at.subsampling + 4) return false;
  const vocabulary = header.readInt32LE(at.vocabulary);
  return vocabulary > 0 && vocabulary < minWhisperVocabulary && header.readInt32LE(at.subsampling) === subsampling;
}

const limits: readonly (readonly [offset: number, min: number, max: number])[] = [
  [at.vocabulary, 4, 32_768],
  [at.state, 8, 4_096],
  [at.heads, 1, 64],
  [at.layers, 1, 48],
  [at.bands, 8, 256],
  [at.fft, 32, 4_096],
  [later.channels, 1, 2_048],
  [later.kernel, 1, 63],
  [later.prediction, 1, 4_096],
  [later.predictionLayers, 1, 2],
  [later.durations, 1, 16],
  [later.maxTokens, 1, 100],
];

export interface ParakeetHeader {
  readonly vocabulary: number;
  readonly bands: number;
  readonly fft: number;
  readonly durations: number;
  /** False where the model knows English only. */
  readonly multilingual: boolean;
  /** Number of tensors that a whole file has. */
  readonly tensors: number;
}

/** Reads a whole head; undefined when it makes no sense. */
export function readParakeetHeader(header: Buffer): ParakeetHeader | undefined {
  const isPlausible = limits.every(([offset, min, max]) => {
    const value = header.readInt32LE(offset);
    return value >= min && value <= max;
  });
  if (!isPlausible) return undefined;
  const vocabulary = header.readInt32LE(at.vocabulary);
  return {
    vocabulary,
    bands: header.readInt32LE(at.bands),
    fft: header.readInt32LE(at.fft),
    durations: header.readInt32LE(later.durations),
    multilingual: vocabulary > maxEnglishVocabulary,
    // Before the layers, in each of them, in each layer of the prediction, and around that.
    tensors: 12 + 29 * header.readInt32LE(at.layers) + 3 * header.readInt32LE(later.predictionLayers) + 7,
  };
}
