/** Colors of speakers, in the order in which they first speak: `--speaker-1` to `--speaker-8` of main.css. */
import { useMemo } from "react";
import type { EditCue } from "../../electron/captions/editing/document.ts";
import { useEditor } from "./context.ts";

const colorCount = 8;

/** Each speaker's number of a color, 1 to 8; with more speakers they come again. */
export function numberSpeakers(cues: readonly EditCue[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { speaker } of cues) {
    if (speaker !== undefined && !numbers.has(speaker)) numbers.set(speaker, (numbers.size % colorCount) + 1);
  }
  return numbers;
}

export function useSpeakerNumbers(): ReadonlyMap<string, number> {
  const cues = useEditor(({ document }) => document.cues);
  return useMemo(() => numberSpeakers(cues), [cues]);
}
