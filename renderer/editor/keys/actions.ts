/**
 * Everything that can be done in the editor, declared once: keys in both modes, the palette and the printed sheet come
 * from here (editor-ux.md §2). Keys are named by where they lie (`KeyboardEvent.code`), not by what a layout prints.
 */
import { cueText } from "../../../electron/captions/cue.ts";
import { wordsBefore } from "../../../electron/captions/editing/cue-text.ts";
import { indexAt } from "../../../electron/captions/editing/document.ts";
import { frameToMs, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { texts } from "../../texts/en.ts";
import { offsetOfWord, wordAt, wordOfOffset } from "../session/heard.ts";
import type { EditorSession } from "../session/session.ts";
import type { RailTab } from "../session/state.ts";
import { acceptAndNext, nextSpot, suggestionsFor, walkIssues } from "./review.ts";

export type ActionGroup = "playback" | "captions" | "review" | "text" | "timing" | "marks" | "find" | "window";

export interface EditorAction {
  readonly id: string;
  readonly group: ActionGroup;
  readonly title: string;
  /** Keys in review mode, where single letters are commands; several are alternatives. */
  readonly review?: readonly string[];
  /** Keys while somebody types. */
  readonly type?: readonly string[];
  readonly run: (editor: EditorContext) => unknown;
}

/** What actions work with besides the session. */
export interface EditorContext {
  readonly session: EditorSession;
  /** The caret in the active caption's text; undefined: nobody types. */
  readonly caret: () => number | undefined;
  readonly show: (what: "sheet" | "palette" | "speakers" | "labels" | "glossary" | "note" | "chapter") => void;
  /** @param wish put the caret into its field, or go to the next thing that it found */
  readonly openRail: (tab: RailTab, wish?: "focus" | "next") => void;
  readonly zoom: (factor: number) => void;
  readonly togglePreview: () => void;
}

const words = texts.editor.actions;

const move = ({ session }: EditorContext, by: number): void => {
  const { cues } = session.document;
  const next = cues[Math.max(0, Math.min(cues.length - 1, session.activeIndex + by))];
  if (next === undefined) return;
  session.activate(next.id, session.state.mode === "type" ? { mode: "type", caret: null } : {});
};

const play = (session: EditorSession, stretch: (startMs: number, endMs: number) => readonly [number, number]): void => {
  const cue = session.activeCue;
  if (cue !== undefined) session.playback.play(...stretch(cue.startMs, cue.endMs));
};

/** The place of an edit at a word: the caret's word while somebody types, else the one that is spoken. */
function wordPlace({ session, caret }: EditorContext) {
  const cue = session.activeCue;
  if (cue === undefined) return undefined;
  const marked = session.heard.marked(cue);
  const at = caret();
  const word = at === undefined ? wordAt(marked, session.playback.ms) : wordOfOffset(cue, at);
  return { cue, marked, word, offset: at ?? offsetOfWord(cue, word) };
}

function split(context: EditorContext): void {
  const place = wordPlace(context);
  if (place === undefined) return;
  const { cue, marked, offset } = place;
  // The word that begins the second caption, as the edit will cut it; its own time is the border.
  const count = wordsBefore(cueText(cue), offset);
  const atMs = Math.round(marked[count]?.startMs ?? context.session.playback.ms);
  const within = Math.min(cue.endMs - 1, Math.max(cue.startMs + 1, atMs));
  context.session.edit({ type: "split", cue: cue.id, offset: Math.max(1, offset), atMs: within });
}

/** The pushed word's own time is the new border. */
function push({ session }: EditorContext, direction: "next" | "previous"): void {
  const cue = session.activeCue;
  if (cue === undefined) return;
  const marked = session.heard.marked(cue);
  const border = direction === "next" ? marked.at(-1)?.startMs : marked[1]?.startMs;
  session.edit({
    type: "push",
    cue: cue.id,
    direction,
    ...(border === undefined ? {} : { atMs: Math.max(0, Math.round(border)) }),
  });
}

function retime({ session }: EditorContext, edge: "startMs" | "endMs", to: (ms: number) => number): void {
  const cue = session.activeCue;
  if (cue !== undefined) session.edit({ type: "time", cue: cue.id, [edge]: Math.max(0, Math.round(to(cue[edge]))) });
}

const byFrames =
  (count: number) =>
  (ms: number): number =>
    frameToMs(msToFrame(ms) + count);

function shiftFromHere({ session }: EditorContext): void {
  const cue = session.activeCue;
  if (cue !== undefined)
    session.edit({ type: "shift", from: cue.id, byMs: Math.round(session.playback.ms) - cue.startMs });
}

async function useSuggestion({ session }: EditorContext, number: number): Promise<void> {
  const offered = await suggestionsFor(session);
  const chosen = offered?.words[number - 1];
  if (offered !== undefined && chosen !== undefined) offered.use(chosen);
}

function repeatSpeaker({ session }: EditorContext): void {
  const { cues } = session.document;
  const last = cues
    .slice(0, Math.max(0, session.activeIndex))
    .findLast(({ speaker }) => speaker !== undefined)?.speaker;
  if (last !== undefined) session.edit({ type: "speaker", cues: [...session.subjects()], speaker: last });
}

function mark({ session }: EditorContext): void {
  const atMs = Math.round(session.playback.ms);
  const near = session.document.marks.find(({ kind, atMs: at }) => kind === "bookmark" && Math.abs(at - atMs) < 500);
  session.edit(
    near === undefined ? { type: "mark", kind: "bookmark", atMs, text: "" } : { type: "remove-mark", mark: near.id },
  );
}

function toggleEdge({ session }: EditorContext): void {
  const edge = session.activeCue?.edge === "top" ? "bottom" : "top";
  session.edit({ type: "place", cues: [...session.subjects()], edge });
}

function toPlayhead({ session }: EditorContext): void {
  const at = indexAt(session.document.cues, session.playback.ms);
  const cue = session.document.cues[Math.max(0, at)];
  if (cue !== undefined) session.activate(cue.id);
}

const suggestions = [1, 2, 3, 4, 5].map(
  (number): EditorAction => ({
    id: `suggestion-${number}`,
    group: "review",
    title: words.suggestion(number),
    review: [`Digit${number}`],
    type: [`Alt+Digit${number}`],
    run: (context) => useSuggestion(context, number),
  }),
);

export const editorActions: readonly EditorAction[] = [
  {
    id: "play",
    group: "playback",
    title: words.play,
    review: ["Space", "KeyK"],
    type: ["F4"],
    run: ({ session }) => session.playback.toggle(),
  },
  {
    id: "back",
    group: "playback",
    title: words.back,
    review: ["KeyJ"],
    type: ["Alt+KeyJ"],
    run: ({ session }) => session.playback.skip(-1_000),
  },
  {
    id: "forward",
    group: "playback",
    title: words.forward,
    review: ["KeyL"],
    type: ["Alt+KeyL"],
    run: ({ session }) => session.playback.skip(1_000),
  },
  {
    id: "back-3",
    group: "playback",
    title: words.back3,
    review: ["Shift+KeyJ"],
    type: ["Alt+Shift+KeyJ"],
    run: ({ session }) => session.playback.skip(-3_000),
  },
  {
    id: "forward-3",
    group: "playback",
    title: words.forward3,
    review: ["Shift+KeyL"],
    type: ["Alt+Shift+KeyL"],
    run: ({ session }) => session.playback.skip(3_000),
  },
  {
    id: "slower",
    group: "playback",
    title: words.slower,
    review: ["BracketLeft"],
    type: ["Alt+BracketLeft"],
    run: ({ session }) => session.playback.faster(-0.1),
  },
  {
    id: "faster",
    group: "playback",
    title: words.faster,
    review: ["BracketRight"],
    type: ["Alt+BracketRight"],
    run: ({ session }) => session.playback.faster(0.1),
  },
  {
    id: "replay",
    group: "playback",
    title: words.replay,
    review: ["KeyR"],
    type: ["Alt+KeyR"],
    run: ({ session }) => play(session, (from, to) => [from, to]),
  },
  {
    id: "play-before",
    group: "playback",
    title: words.playBefore,
    review: ["KeyQ"],
    run: ({ session }) => play(session, (from) => [from - 500, from]),
  },
  {
    id: "play-after",
    group: "playback",
    title: words.playAfter,
    review: ["KeyW"],
    run: ({ session }) => play(session, (_, to) => [to, to + 500]),
  },
  {
    id: "play-first",
    group: "playback",
    title: words.playFirst,
    review: ["KeyE"],
    run: ({ session }) => play(session, (from) => [from, from + 500]),
  },
  {
    id: "play-last",
    group: "playback",
    title: words.playLast,
    review: ["KeyD"],
    run: ({ session }) => play(session, (_, to) => [to - 500, to]),
  },
  {
    id: "frame-back",
    group: "playback",
    title: words.frameBack,
    review: ["Comma"],
    type: ["Alt+Comma"],
    run: ({ session }) => session.playback.step(-1),
  },
  {
    id: "frame-forward",
    group: "playback",
    title: words.frameForward,
    review: ["Period"],
    type: ["Alt+Period"],
    run: ({ session }) => session.playback.step(1),
  },

  {
    id: "next",
    group: "captions",
    title: words.next,
    review: ["ArrowDown"],
    type: ["Alt+ArrowDown"],
    run: (context) => move(context, 1),
  },
  {
    id: "previous",
    group: "captions",
    title: words.previous,
    review: ["ArrowUp"],
    type: ["Alt+ArrowUp"],
    run: (context) => move(context, -1),
  },
  {
    id: "page-down",
    group: "captions",
    title: words.pageDown,
    review: ["PageDown"],
    run: (context) => move(context, 10),
  },
  { id: "page-up", group: "captions", title: words.pageUp, review: ["PageUp"], run: (context) => move(context, -10) },
  { id: "first", group: "captions", title: words.first, review: ["Home"], run: (context) => move(context, -1_000_000) },
  { id: "last", group: "captions", title: words.last, review: ["End"], run: (context) => move(context, 1_000_000) },
  { id: "to-playhead", group: "captions", title: words.toPlayhead, review: ["KeyV"], run: toPlayhead },

  {
    id: "accept",
    group: "review",
    title: words.accept,
    review: ["KeyA"],
    type: ["Mod+Enter"],
    run: ({ session }) => acceptAndNext(session),
  },
  {
    id: "unaccept",
    group: "review",
    title: words.unaccept,
    review: ["Shift+KeyA"],
    run: ({ session }) => session.edit({ type: "unaccept", cues: [...session.subjects()] }),
  },
  {
    id: "next-spot",
    group: "review",
    title: words.nextSpot,
    review: ["KeyN"],
    type: ["Alt+KeyN"],
    run: ({ session }) => nextSpot(session, 1),
  },
  {
    id: "previous-spot",
    group: "review",
    title: words.previousSpot,
    review: ["Shift+KeyN"],
    type: ["Alt+Shift+KeyN"],
    run: ({ session }) => nextSpot(session, -1),
  },
  {
    id: "next-issue",
    group: "review",
    title: words.nextIssue,
    review: ["F8"],
    type: ["F8"],
    run: ({ session }) => walkIssues(session, 1),
  },
  {
    id: "previous-issue",
    group: "review",
    title: words.previousIssue,
    review: ["Shift+F8"],
    type: ["Shift+F8"],
    run: ({ session }) => walkIssues(session, -1),
  },
  ...suggestions,

  {
    id: "type",
    group: "text",
    title: words.type,
    review: ["Enter"],
    run: ({ session }) => {
      const cue = session.activeCue;
      if (cue === undefined) return;
      const { spot } = session.state;
      const word = spot ?? wordAt(session.heard.marked(cue), session.playback.ms);
      session.store.setState({ mode: "type", caret: offsetOfWord(cue, word) });
    },
  },
  {
    id: "leave",
    group: "text",
    title: words.leave,
    type: ["Escape"],
    run: ({ session }) => session.store.setState({ mode: "review" }),
  },
  { id: "split", group: "text", title: words.split, review: ["KeyS"], type: ["Mod+Shift+Enter"], run: split },
  {
    id: "merge",
    group: "text",
    title: words.merge,
    review: ["KeyM"],
    type: ["Mod+KeyM"],
    run: ({ session }) => session.state.active !== null && session.edit({ type: "merge", cue: session.state.active }),
  },
  {
    id: "merge-previous",
    group: "text",
    title: words.mergePrevious,
    review: ["Shift+KeyM"],
    type: ["Mod+Shift+KeyM"],
    run: ({ session }) => {
      const before = session.document.cues[session.activeIndex - 1];
      if (before !== undefined) session.edit({ type: "merge", cue: before.id }, { active: before.id });
    },
  },
  {
    id: "push",
    group: "text",
    title: words.push,
    review: ["Alt+ArrowRight"],
    type: ["Alt+ArrowRight"],
    run: (context) => push(context, "next"),
  },
  {
    id: "pull",
    group: "text",
    title: words.pull,
    review: ["Alt+ArrowLeft"],
    type: ["Alt+ArrowLeft"],
    run: (context) => push(context, "previous"),
  },
  {
    id: "balance",
    group: "text",
    title: words.balance,
    review: ["KeyB"],
    type: ["Mod+KeyB"],
    run: ({ session }) => session.edit({ type: "balance", cues: [...session.subjects()] }),
  },
  {
    id: "delete",
    group: "text",
    title: words.delete,
    review: ["Delete", "Backspace"],
    run: ({ session }) =>
      session.subjects().length > 0 && session.edit({ type: "delete", cues: [...session.subjects()] }),
  },
  {
    id: "insert",
    group: "text",
    title: words.insert,
    review: ["Insert"],
    type: ["Mod+Insert"],
    run: ({ session }) => {
      const startMs = Math.round(session.playback.ms);
      const next = session.document.cues[indexAt(session.document.cues, startMs) + 1];
      const endMs = Math.min(
        startMs + 2_000,
        (next?.startMs ?? Number.POSITIVE_INFINITY) - session.frame.profile.cues.minGapMs,
      );
      const id = session.document.nextId;
      session.edit(
        { type: "insert", startMs, endMs: Math.round(endMs), lines: [""] },
        { active: id, mode: "type", caret: 0 },
      );
    },
  },
  { id: "top", group: "text", title: words.top, review: ["KeyT"], type: ["Mod+Alt+KeyT"], run: toggleEdge },
  {
    id: "italic",
    group: "text",
    title: words.italic,
    review: ["Mod+KeyI"],
    type: ["Mod+KeyI"],
    run: ({ session }) =>
      session.edit({ type: "place", cues: [...session.subjects()], italic: !session.activeCue?.styles?.[0]?.italic }),
  },
  {
    id: "speakers",
    group: "text",
    title: words.speakers,
    review: ["KeyP"],
    type: ["Mod+KeyE"],
    run: ({ show }) => show("speakers"),
  },
  {
    id: "repeat-speaker",
    group: "text",
    title: words.repeatSpeaker,
    review: ["Shift+KeyP"],
    type: ["Mod+Shift+KeyE"],
    run: repeatSpeaker,
  },
  {
    id: "labels",
    group: "text",
    title: words.labels,
    review: ["Semicolon"],
    type: ["Mod+Semicolon"],
    run: ({ show }) => show("labels"),
  },

  {
    id: "set-in",
    group: "timing",
    title: words.setIn,
    review: ["KeyI"],
    type: ["F11"],
    run: (context) => retime(context, "startMs", () => context.session.playback.ms),
  },
  {
    id: "set-out",
    group: "timing",
    title: words.setOut,
    review: ["KeyO"],
    type: ["F12"],
    run: (context) => retime(context, "endMs", () => context.session.playback.ms),
  },
  {
    id: "in-earlier",
    group: "timing",
    title: words.inEarlier,
    review: ["Mod+ArrowLeft"],
    type: ["Mod+Alt+ArrowLeft"],
    run: (context) => retime(context, "startMs", byFrames(-1)),
  },
  {
    id: "in-later",
    group: "timing",
    title: words.inLater,
    review: ["Mod+ArrowRight"],
    type: ["Mod+Alt+ArrowRight"],
    run: (context) => retime(context, "startMs", byFrames(1)),
  },
  {
    id: "out-earlier",
    group: "timing",
    title: words.outEarlier,
    review: ["Mod+Shift+ArrowLeft"],
    type: ["Mod+Alt+Shift+ArrowLeft"],
    run: (context) => retime(context, "endMs", byFrames(-1)),
  },
  {
    id: "out-later",
    group: "timing",
    title: words.outLater,
    review: ["Mod+Shift+ArrowRight"],
    type: ["Mod+Alt+Shift+ArrowRight"],
    run: (context) => retime(context, "endMs", byFrames(1)),
  },
  {
    id: "shift-from-here",
    group: "timing",
    title: words.shiftFromHere,
    review: ["Shift+KeyI"],
    type: ["Shift+F11"],
    run: shiftFromHere,
  },

  {
    id: "anchor",
    group: "timing",
    title: words.anchor,
    review: ["Shift+KeyO"],
    type: ["Shift+F12"],
    run: ({ session }) => session.anchor(),
  },

  { id: "bookmark", group: "marks", title: words.bookmark, review: ["KeyX"], type: ["Mod+KeyK"], run: mark },
  {
    id: "note",
    group: "marks",
    title: words.note,
    review: ["Shift+KeyX"],
    type: ["Mod+Shift+KeyK"],
    run: ({ show }) => show("note"),
  },
  {
    id: "chapter",
    group: "marks",
    title: words.chapter,
    review: ["KeyC"],
    type: ["Mod+Shift+KeyC"],
    run: ({ show }) => show("chapter"),
  },

  {
    id: "find",
    group: "find",
    title: words.find,
    review: ["Mod+KeyF"],
    type: ["Mod+KeyF"],
    run: ({ openRail }) => openRail("find", "focus"),
  },
  {
    id: "replace",
    group: "find",
    title: words.replace,
    review: ["Mod+KeyH"],
    type: ["Mod+KeyH"],
    run: ({ openRail }) => openRail("find", "focus"),
  },
  {
    id: "find-next",
    group: "find",
    title: words.findNext,
    review: ["F3"],
    type: ["F3"],
    run: ({ openRail }) => openRail("find", "next"),
  },
  {
    id: "everywhere",
    group: "find",
    title: words.everywhere,
    review: ["KeyG"],
    type: ["Mod+KeyG"],
    run: ({ show }) => show("glossary"),
  },
  {
    id: "undo",
    group: "find",
    title: words.undo,
    review: ["Mod+KeyZ"],
    type: ["Mod+KeyZ"],
    run: ({ session }) => session.undo(),
  },
  {
    id: "redo",
    group: "find",
    title: words.redo,
    review: ["Mod+KeyY", "Mod+Shift+KeyZ"],
    type: ["Mod+KeyY", "Mod+Shift+KeyZ"],
    run: ({ session }) => session.redo(),
  },
  {
    id: "history",
    group: "find",
    title: words.history,
    review: ["KeyH"],
    type: ["Mod+Alt+KeyH"],
    run: ({ openRail }) => openRail("history"),
  },

  {
    id: "preview",
    group: "window",
    title: words.preview,
    review: ["F6"],
    type: ["F6"],
    run: ({ togglePreview }) => togglePreview(),
  },
  {
    id: "issues",
    group: "window",
    title: words.issues,
    review: ["F7"],
    type: ["F7"],
    run: ({ openRail }) => openRail("issues"),
  },
  {
    id: "zoom-in",
    group: "window",
    title: words.zoomIn,
    review: ["Equal", "NumpadAdd"],
    type: ["Mod+Equal"],
    run: ({ zoom }) => zoom(0.7),
  },
  {
    id: "zoom-out",
    group: "window",
    title: words.zoomOut,
    review: ["Minus", "NumpadSubtract"],
    type: ["Mod+Minus"],
    run: ({ zoom }) => zoom(1 / 0.7),
  },
  {
    id: "palette",
    group: "window",
    title: words.palette,
    review: ["Mod+Shift+KeyP"],
    type: ["Mod+Shift+KeyP"],
    run: ({ show }) => show("palette"),
  },
  {
    id: "sheet",
    group: "window",
    title: words.sheet,
    review: ["Shift+Slash", "F1"],
    type: ["F1"],
    run: ({ show }) => show("sheet"),
  },
];
