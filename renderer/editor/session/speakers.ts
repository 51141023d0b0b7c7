/** Who speaks in a meeting. Pure. */
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { EditCue } from "../../../electron/captions/editing/document.ts";

/** Everybody who is named, in the order in which they first speak. */
export const listSpeakers = (cues: readonly EditCue[]): readonly string[] => [
  ...new Set(cues.flatMap(({ speaker }) => speaker ?? [])),
];

/** False for a change after which the same people speak in the same order: typing is one. */
export const changesSpeakers = ({ cues }: Change): boolean =>
  cues.some(
    ({ removed, inserted }) =>
      removed.length !== inserted.length || removed.some(({ speaker }, at) => speaker !== inserted[at]?.speaker),
  );
