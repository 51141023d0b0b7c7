/** Events that a transcription emits while it runs. */
import type { Word } from "../captions/word.ts";

export type StageName =
  | "probe"
  | "decode"
  | "plan"
  | "languages"
  | "transcribe"
  | "names"
  | "style"
  | "caption"
  | "summarise"
  | "check"
  | "join"
  | "write";

/** Display names of the stages, as present participles. */
export const stageTitles: Readonly<Record<StageName, string>> = {
  probe: "Looking at the recording",
  decode: "Decoding the sound",
  plan: "Finding speech",
  languages: "Finding out which languages are spoken",
  transcribe: "Recognizing speech",
  names: "Comparing names",
  style: "Writing as the city does",
  caption: "Making captions",
  summarise: "Summarizing",
  check: "Checking the captions",
  join: "Joining the captions with those of an incomplete copy",
  write: "Writing the files",
};

const stageOrder = Object.keys(stageTitles);

/** Sorts items into the order of the stages, as listed in `stageTitles`. */
export function inStageOrder<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => stageOrder.indexOf(a.name) - stageOrder.indexOf(b.name));
}

export type TranscriptionEvent =
  | { readonly kind: "step"; readonly step: StageName }
  | {
      /** The recording has been probed. */
      readonly kind: "begun";
      readonly transcriptionId: string;
      readonly durationMs: number | undefined;
    }
  | {
      readonly kind: "progress";
      readonly step: StageName;
      /** Fraction of the whole job, from 0 to 1. */
      readonly share: number;
      readonly etaMs: number | undefined;
      /** The current chunk, from 1. */
      readonly piece?: { readonly number: number; readonly count: number };
    }
  | { readonly kind: "words"; readonly words: readonly Word[] }
  | { readonly kind: "notice"; readonly message: string };

export type TranscriptionListener = (event: TranscriptionEvent) => void;
