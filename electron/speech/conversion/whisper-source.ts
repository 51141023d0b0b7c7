/** A Whisper model of any format, as the conversion needs it. */
import { damaged, notWhisper } from "./refusals.ts";
import type { StoredTensor } from "./stored-tensor.ts";
import type { WhisperDimensions } from "./whisper-dimensions.ts";
import { listWhisperTensors, type WhisperTensor } from "./whisper-tensors.ts";

export interface WhisperSource {
  /** For errors. */
  readonly path: string;
  readonly dimensions: WhisperDimensions;
  /** By OpenAI's names. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** The words by their numbers, as bytes; undefined: those of OpenAI's models. */
  readonly words: readonly Uint8Array[] | undefined;
  /** Its own mel filters, 32-bit floats; undefined: computed. */
  readonly filters?: MelFilters;
}

export interface MelFilters {
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** A tensor of the model, and where it is stored. */
export interface LocatedTensor extends WhisperTensor {
  readonly stored: StoredTensor;
}

/**
 * Finds every tensor of the model, with the right shape, and no other.
 * @throws ArchivistError `model.invalid`
 */
export function locateTensors({ path, dimensions, tensors }: WhisperSource): readonly LocatedTensor[] {
  const expected = listWhisperTensors(dimensions);
  const missing = expected.filter(({ name }) => !tensors.has(name));
  const [first] = missing;
  if (first !== undefined) {
    throw missing.length === expected.length
      ? notWhisper(path, "none of its weights is one of a Whisper model")
      : damaged(path, `${missing.length} of ${expected.length} tables of weights are missing, such as ${first.name}`);
  }
  const names = new Set(expected.map(({ name }) => name));
  const other = [...tensors.keys()].filter((name) => !names.has(name));
  if (other.length > 0) {
    throw notWhisper(
      path,
      `besides Whisper's weights it has ${other.length} others, such as ${(other[0] as string).slice(0, 80)}`,
      "It was built differently from Whisper, and the speech engine cannot run it. Import a Whisper model without additions.",
    );
  }
  return expected.map((tensor) => {
    const stored = tensors.get(tensor.name) as StoredTensor;
    if (!isSameShape(stored.shape, tensor.shape))
      throw damaged(
        path,
        `${tensor.name} has the size ${stored.shape.join(" × ")} instead of ${tensor.shape.join(" × ")}`,
      );
    return { ...tensor, stored };
  });
}

/** Sides of one value do not count: biases of convolutions are stored with and without. */
function isSameShape(actual: readonly number[], expected: readonly number[]): boolean {
  const sides = (shape: readonly number[]): string => shape.filter((side) => side !== 1).join(",");
  return sides(actual) === sides(expected);
}
