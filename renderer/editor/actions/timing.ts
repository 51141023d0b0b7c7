/** Actions that change when captions begin and end. */
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import type { EditorContext } from "../context.ts";
import { canEditCue } from "./conditions.ts";
import { byFrames, nudge, retime, rollBy, setEnd, setStart, shiftFromHere } from "./cue-commands.ts";

const t = texts.editor.actions;

/** A nudge, in milliseconds. */
const stepMs = 100;

export const timingActions = [
  {
    id: "set-in",
    group: "timing",
    title: t.setIn,
    keys: { review: ["KeyI"], type: ["F11"] },
    when: canEditCue,
    run: (context) => setStart(context, context.session.playback.ms),
  },
  {
    id: "set-out",
    group: "timing",
    title: t.setOut,
    keys: { review: ["KeyO"], type: ["F12"] },
    when: canEditCue,
    run: (context) => setEnd(context, context.session.playback.ms),
  },
  {
    id: "in-earlier",
    group: "timing",
    title: t.inEarlier,
    keys: { review: ["Mod+ArrowLeft"], type: ["Mod+Alt+ArrowLeft"] },
    when: canEditCue,
    run: (context) => retime(context, "startMs", byFrames(-1)),
  },
  {
    id: "in-later",
    group: "timing",
    title: t.inLater,
    keys: { review: ["Mod+ArrowRight"], type: ["Mod+Alt+ArrowRight"] },
    when: canEditCue,
    run: (context) => retime(context, "startMs", byFrames(1)),
  },
  {
    id: "out-earlier",
    group: "timing",
    title: t.outEarlier,
    keys: { review: ["Mod+Shift+ArrowLeft"], type: ["Mod+Alt+Shift+ArrowLeft"] },
    when: canEditCue,
    run: (context) => retime(context, "endMs", byFrames(-1)),
  },
  {
    id: "out-later",
    group: "timing",
    title: t.outLater,
    keys: { review: ["Mod+Shift+ArrowRight"], type: ["Mod+Alt+Shift+ArrowRight"] },
    when: canEditCue,
    run: (context) => retime(context, "endMs", byFrames(1)),
  },
  {
    id: "nudge-earlier",
    group: "timing",
    title: t.nudgeEarlier,
    keys: { review: ["Shift+ArrowLeft"] },
    when: canEditCue,
    run: (context) => nudge(context, -stepMs),
  },
  {
    id: "nudge-later",
    group: "timing",
    title: t.nudgeLater,
    keys: { review: ["Shift+ArrowRight"] },
    when: canEditCue,
    run: (context) => nudge(context, stepMs),
  },
  {
    id: "roll-earlier",
    group: "timing",
    title: t.rollEarlier,
    keys: { review: ["Alt+Shift+ArrowLeft"], type: ["Alt+Shift+ArrowLeft"] },
    when: canEditCue,
    run: (context) => rollBy(context, -stepMs),
  },
  {
    id: "roll-later",
    group: "timing",
    title: t.rollLater,
    keys: { review: ["Alt+Shift+ArrowRight"], type: ["Alt+Shift+ArrowRight"] },
    when: canEditCue,
    run: (context) => rollBy(context, stepMs),
  },
  {
    id: "shift-from-here",
    group: "timing",
    title: t.shiftFromHere,
    keys: { review: ["Shift+KeyI"], type: ["Shift+F11"] },
    when: canEditCue,
    run: shiftFromHere,
  },
  {
    id: "anchor",
    group: "timing",
    title: t.anchor,
    keys: { review: ["Shift+KeyO"], type: ["Shift+F12"] },
    when: canEditCue,
    run: ({ session }) => session.anchor(),
  },
] as const satisfies readonly ActionDefinition<EditorContext>[];
