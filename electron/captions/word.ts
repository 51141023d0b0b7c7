/** One spoken word as the recognizer heard it. */
import { z } from "zod";
import type { Immutable } from "./readonly.ts";

/** The fields of a word, for schemas that allow less. */
export const wordFields = {
  /** With its punctuation, without surrounding spaces. */
  text: z.string(),
  /** Milliseconds from the start of the recording. */
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** How sure the recognizer was, from 0 to 1. */
  probability: z.number(),
  /** True when its time was not measured but shared out between what is known. */
  estimated: z.boolean().exactOptional(),
  /** Who says it, where that is known. */
  speaker: z.string().exactOptional(),
};

const wordObject = z.object(wordFields);
export type Word = Immutable<z.infer<typeof wordObject>>;
