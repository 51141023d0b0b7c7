/** Reads a caption file from its bytes: the one entry for files that people give. */
import type { ReadOptions } from "./caption-format.ts";
import type { BinaryFormatName } from "./format-names.ts";
import { binaryFormatRegistry } from "./format-registry.ts";
import { type CaptionFileContent, readCaptions } from "./read.ts";

/**
 * Reads captions from the bytes of a file. Binary formats are asked first; what is none of them is text.
 * @param decode finds the encoding of a text
 * @throws NotCaptionsError when there is nothing in it that is a caption
 */
export function readCaptionBytes(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => string,
  options: ReadOptions = {},
): CaptionFileContent {
  const names = Object.keys(binaryFormatRegistry) as BinaryFormatName[];
  const format = names.find((name) => binaryFormatRegistry[name].recognizesBytes(bytes));
  if (format === undefined) return readCaptions(decode(bytes), options, bytes);
  return { format, ...binaryFormatRegistry[format].readBytes(bytes, options) };
}
