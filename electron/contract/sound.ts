/** Which sound of a recording is used: `auto`, `stream 2`, `channel 4`, `stream 2 channel 1`. Both count from 1. */
import { z } from "zod";

const pattern = /^(?:auto|(?:stream ([1-9]\d?))?(?:(?:^| )channel ([1-9]\d?))?)$/;

export const soundTextSchema = z
  .string()
  .trim()
  .toLowerCase()
  .refine(
    (text) => text !== "" && pattern.test(text),
    "auto, or a number like: stream 2, channel 4, stream 2 channel 1",
  );

export interface SoundRequest {
  /** Number among the recording's sounds; undefined: the one with speech. */
  readonly stream: number | undefined;
  /** Number of the channel in the stream; undefined: all channels. */
  readonly channel: number | undefined;
}

/** Parses what `soundTextSchema` accepts; undefined for `auto`. */
export function parseSound(text: string | undefined): SoundRequest | undefined {
  const match = text === undefined ? null : pattern.exec(text);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return undefined;
  const toNumber = (digits: string | undefined): number | undefined =>
    digits === undefined ? undefined : Number(digits);
  return { stream: toNumber(match[1]), channel: toNumber(match[2]) };
}
