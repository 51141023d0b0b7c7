/** Actions on the text of captions: editing, splitting and merging, position on the screen, speakers. */
import { indexAt } from "../../../electron/captions/editing/document.ts";
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import type { EditorContext } from "../context.ts";
import { offsetOfWord, wordAt } from "../session/transcript.ts";
import { canDelete, canEditCue, canWrite, isTyping } from "./conditions.ts";
import { insertCue, moveWord, splitAtWord, togglePosition } from "./cue-commands.ts";
import { splitToFit } from "./gap-commands.ts";
import { continueSpeaker, repeatSpeaker } from "./speaker-commands.ts";

const t = texts.editor.actions;

export const textActions = [
  {
    id: "type",
    group: "text",
    title: t.type,
    keys: { review: ["Enter"] },
    when: canEditCue,
    run: ({ session }) => {
      const cue = session.activeCue;
      if (cue === undefined) return;
      const { wordIndex } = session.state;
      const word = wordIndex ?? wordAt(session.transcript.marked(cue), session.playback.ms);
      session.store.setState({ mode: "type", caret: offsetOfWord(cue, word) });
    },
  },
  {
    id: "leave",
    group: "text",
    title: t.leave,
    keys: { type: ["Escape"] },
    when: isTyping,
    run: ({ session }) => session.store.setState({ mode: "review" }),
  },
  {
    id: "split",
    group: "text",
    title: t.split,
    keys: { review: ["KeyS"], type: ["Mod+Shift+Enter"] },
    when: canEditCue,
    run: splitAtWord,
  },
  {
    id: "split-to-fit",
    group: "text",
    title: t.splitToFit,
    keys: { review: ["Shift+KeyS"], type: ["Alt+KeyS"] },
    when: canEditCue,
    run: ({ session }) => splitToFit(session),
  },
  {
    id: "merge",
    group: "text",
    title: t.merge,
    keys: { review: ["KeyM"], type: ["Mod+KeyM"] },
    when: canEditCue,
    run: ({ session }) =>
      session.state.activeCueId !== null && session.edit({ type: "merge", cue: session.state.activeCueId }),
  },
  {
    id: "merge-previous",
    group: "text",
    title: t.mergePrevious,
    keys: { review: ["Shift+KeyM"], type: ["Mod+Shift+KeyM"] },
    when: canEditCue,
    run: ({ session }) => {
      const before = session.document.cues[session.activeIndex - 1];
      if (before !== undefined) session.edit({ type: "merge", cue: before.id }, { activeCueId: before.id });
    },
  },
  {
    id: "move-word-next",
    group: "text",
    title: t.moveWordNext,
    keys: { review: ["Alt+ArrowRight"], type: ["Alt+ArrowRight"] },
    when: canEditCue,
    run: (context) => moveWord(context, "next"),
  },
  {
    id: "move-word-previous",
    group: "text",
    title: t.moveWordPrevious,
    keys: { review: ["Alt+ArrowLeft"], type: ["Alt+ArrowLeft"] },
    when: canEditCue,
    run: (context) => moveWord(context, "previous"),
  },
  {
    id: "balance",
    group: "text",
    title: t.balance,
    keys: { review: ["KeyB"], type: ["Mod+KeyB"] },
    when: canEditCue,
    run: ({ session }) => session.edit({ type: "balance", cues: [...session.targetCues()] }),
  },
  {
    id: "delete",
    group: "text",
    title: t.delete,
    keys: { review: ["Delete", "Backspace"] },
    when: canDelete,
    run: ({ session }) =>
      session.targetCues().length > 0 && session.edit({ type: "delete", cues: [...session.targetCues()] }),
  },
  {
    id: "insert",
    group: "text",
    title: t.insert,
    keys: { review: ["Insert"], type: ["Mod+Insert"] },
    when: canWrite,
    run: ({ session }) => {
      const startMs = Math.round(session.playback.ms);
      const next = session.document.cues[indexAt(session.document.cues, startMs) + 1];
      const endMs = Math.min(
        startMs + 2_000,
        (next?.startMs ?? Number.POSITIVE_INFINITY) - session.meeting.profile.cues.minGapMs,
      );
      insertCue(session, { startMs, endMs: Math.round(endMs) });
    },
  },
  {
    id: "toggle-position",
    group: "text",
    title: t.togglePosition,
    keys: { review: ["KeyT"], type: ["Mod+Alt+KeyT"] },
    when: canEditCue,
    run: togglePosition,
  },
  {
    id: "italic",
    group: "text",
    title: t.italic,
    keys: { review: ["Mod+KeyI"], type: ["Mod+KeyI"] },
    when: canEditCue,
    run: ({ session }) =>
      session.edit({ type: "place", cues: [...session.targetCues()], italic: !session.activeCue?.styles?.[0]?.italic }),
  },
  {
    id: "speakers",
    group: "text",
    title: t.speakers,
    keys: { review: ["KeyP"], type: ["Mod+KeyE"] },
    when: canWrite,
    run: ({ show }) => show("speakers"),
  },
  {
    id: "repeat-speaker",
    group: "text",
    title: t.repeatSpeaker,
    keys: { review: ["Shift+KeyP"], type: ["Mod+Shift+KeyE"] },
    when: canEditCue,
    run: repeatSpeaker,
  },
  {
    id: "continue-speaker",
    group: "text",
    title: t.continueSpeaker,
    keys: { review: ["Alt+KeyP"], type: ["Mod+Alt+KeyE"] },
    when: canEditCue,
    run: continueSpeaker,
  },
  {
    id: "labels",
    group: "text",
    title: t.labels,
    keys: { review: ["Semicolon"], type: ["Mod+Semicolon"] },
    when: canEditCue,
    run: ({ show }) => show("labels"),
  },
] as const satisfies readonly ActionDefinition<EditorContext>[];
