/** Actions for playback: play, pause, speed and position. */
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import type { EditorContext } from "../context.ts";
import { hasActiveCue } from "./conditions.ts";
import { playSpan, toggleLoop } from "./cue-commands.ts";

const t = texts.editor.actions;

export const playbackActions = [
  {
    id: "play",
    group: "playback",
    title: t.play,
    keys: { review: ["Space", "KeyK"], type: ["F4"] },
    run: ({ session }) => session.playback.toggle(),
  },
  {
    id: "back",
    group: "playback",
    title: t.back,
    keys: { review: ["KeyJ"], type: ["Alt+KeyJ"] },
    run: ({ session }) => session.playback.skip(-1_000),
  },
  {
    id: "forward",
    group: "playback",
    title: t.forward,
    keys: { review: ["KeyL"], type: ["Alt+KeyL"] },
    run: ({ session }) => session.playback.skip(1_000),
  },
  {
    id: "back-3",
    group: "playback",
    title: t.back3,
    keys: { review: ["Shift+KeyJ"], type: ["Alt+Shift+KeyJ"] },
    run: ({ session }) => session.playback.skip(-3_000),
  },
  {
    id: "forward-3",
    group: "playback",
    title: t.forward3,
    keys: { review: ["Shift+KeyL"], type: ["Alt+Shift+KeyL"] },
    run: ({ session }) => session.playback.skip(3_000),
  },
  {
    id: "slower",
    group: "playback",
    title: t.slower,
    keys: { review: ["BracketLeft"], type: ["Alt+BracketLeft"] },
    run: ({ session }) => session.playback.faster(-0.1),
  },
  {
    id: "faster",
    group: "playback",
    title: t.faster,
    keys: { review: ["BracketRight"], type: ["Alt+BracketRight"] },
    run: ({ session }) => session.playback.faster(0.1),
  },
  {
    id: "replay",
    group: "playback",
    title: t.replay,
    keys: { review: ["KeyR"], type: ["Alt+KeyR"] },
    when: hasActiveCue,
    run: ({ session }) => playSpan(session, (from, to) => [from, to]),
  },
  {
    id: "loop",
    group: "playback",
    title: t.loop,
    keys: { review: ["Shift+KeyR"], type: ["Alt+Shift+KeyR"] },
    when: hasActiveCue,
    run: ({ session }) => toggleLoop(session),
  },
  {
    id: "play-before",
    group: "playback",
    title: t.playBefore,
    keys: { review: ["KeyQ"] },
    when: hasActiveCue,
    run: ({ session }) => playSpan(session, (from) => [from - 500, from]),
  },
  {
    id: "play-after",
    group: "playback",
    title: t.playAfter,
    keys: { review: ["KeyW"] },
    when: hasActiveCue,
    run: ({ session }) => playSpan(session, (_, to) => [to, to + 500]),
  },
  {
    id: "play-first",
    group: "playback",
    title: t.playFirst,
    keys: { review: ["KeyE"] },
    when: hasActiveCue,
    run: ({ session }) => playSpan(session, (from) => [from, from + 500]),
  },
  {
    id: "play-last",
    group: "playback",
    title: t.playLast,
    keys: { review: ["KeyD"] },
    when: hasActiveCue,
    run: ({ session }) => playSpan(session, (_, to) => [to - 500, to]),
  },
  {
    id: "frame-back",
    group: "playback",
    title: t.frameBack,
    keys: { review: ["Comma"], type: ["Alt+Comma"] },
    run: ({ session }) => session.playback.step(-1),
  },
  {
    id: "frame-forward",
    group: "playback",
    title: t.frameForward,
    keys: { review: ["Period"], type: ["Alt+Period"] },
    run: ({ session }) => session.playback.step(1),
  },
] as const satisfies readonly ActionDefinition<EditorContext>[];
