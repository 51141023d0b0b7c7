/** What is being dragged on the timeline, as it would be, for the drawing. */
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import type { ChapterDrag } from "./chapter-grips.ts";
import type { Dragged } from "./grips.ts";
import type { SpeakerDrag } from "./speaker-grips.ts";

/** A stretch that is being drawn: a new caption, or a selection. */
export interface Stretch extends TimeSpan {
  readonly kind: "new" | "select";
}

export interface DragPicture {
  /** Captions and their edges. */
  readonly dragged: Dragged | undefined;
  /** A border between two speakers. */
  readonly speaking: SpeakerDrag | undefined;
  /** An agenda item. */
  readonly chapter: ChapterDrag | undefined;
  readonly stretch: Stretch | undefined;
}

export const nothingDragged: DragPicture = {
  dragged: undefined,
  speaking: undefined,
  chapter: undefined,
  stretch: undefined,
};
