/** Which changes leave captions as they are in some respect. Pure. */
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { EditCue } from "../../../electron/captions/editing/document.ts";

/** True for a change after which each caption that it is about is, in its place, the same as one with these fields. */
export const keepsFields = ({ cues }: Change, fields: readonly (keyof EditCue)[]): boolean =>
  cues.every(
    ({ removed, inserted }) =>
      removed.length === inserted.length &&
      removed.every((cue, at) => fields.every((field) => cue[field] === inserted[at]?.[field])),
  );
