/** One spoken word, as recognized. */
import { z } from "zod";
import type { Immutable } from "./readonly.ts";

/** The fields of a word, for schemas that allow less. */
export const wordFields = {
  /** With its punctuation, without surrounding spaces. */
  text: z.string(),
  /** Milliseconds from the start of the recording. */
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** The recognizer's confidence, from 0 to 1. */
  probability: z.number(),
  /** True when its time was not measured but interpolated between known times. */
  estimated: z.boolean().exactOptional(),
  /** Name of the speaker, if known. */
  speaker: z.string().exactOptional(),
};

const wordObject = z.object(wordFields);
export type Word = Immutable<z.infer<typeof wordObject>>;
