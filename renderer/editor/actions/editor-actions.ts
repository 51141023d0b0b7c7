/**
 * All actions of the editor, one file per group. The order here is the order of the palette and of the list of keys.
 * Keys are named by physical position (`KeyboardEvent.code`), not by what a layout prints on them.
 */
import { captionsActions } from "./captions.ts";
import { findActions } from "./find.ts";
import { marksActions } from "./marks.ts";
import { playbackActions } from "./playback.ts";
import { reviewActions } from "./review.ts";
import { textActions } from "./text.ts";
import { timingActions } from "./timing.ts";
import { windowActions } from "./window.ts";

export const editorActionDefinitions = [
  ...playbackActions,
  ...captionsActions,
  ...reviewActions,
  ...textActions,
  ...timingActions,
  ...marksActions,
  ...findActions,
  ...windowActions,
];
