/** Who speaks in a meeting. Pure. */
import type { EditCue } from "../../../electron/captions/editing/document.ts";

/** Everybody who is named, in the order in which they first speak. */
export const listSpeakers = (cues: readonly EditCue[]): readonly string[] => [
  ...new Set(cues.flatMap(({ speaker }) => speaker ?? [])),
];
