/** Commands on the active caption that take more than one call of the session. */
import { cueText } from "../../../electron/captions/cue.ts";
import { wordsBefore } from "../../../electron/captions/editing/cue-text.ts";
import { type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";
import { findSplitTime } from "../../../electron/captions/editing/split-time.ts";
import { frameToMs, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import { texts } from "../../texts/en.ts";
import type { EditorContext } from "../context.ts";
import type { EditorSession } from "../session/session.ts";
import { type MarkedWord, offsetOfWord, wordAt, wordOfOffset } from "../session/transcript.ts";
import { suggestionsFor } from "./review-commands.ts";

export const moveToCue = ({ session }: EditorContext, by: number): void => {
  const { cues } = session.document;
  const next = cues[Math.max(0, Math.min(cues.length - 1, session.activeIndex + by))];
  if (next === undefined) return;
  session.activate(next.id, session.state.mode === "type" ? { mode: "type", caret: null } : {});
};

/**
 * Goes to a caption; where it is gone, to the one at its place.
 * @param cue its id; null: it has none. @param startMs its place
 */
export function goToCue(session: EditorSession, cue: number | null, startMs: number): void {
  const { cues } = session.document;
  const found = cues.find(({ id }) => id === cue) ?? cues[Math.max(0, indexAt(cues, startMs))];
  if (found !== undefined) session.activate(found.id);
}

/** Adds a caption without text, and begins to type in it. @returns Whether there was room for it */
export function insertCue(session: EditorSession, { startMs, endMs }: TimeSpan): boolean {
  const place = { activeCueId: session.document.nextId, mode: "type", caret: 0 } as const;
  return session.edit({ type: "insert", startMs, endMs, lines: [""] }, place);
}

export const playSpan = (
  session: EditorSession,
  toSpan: (startMs: number, endMs: number) => readonly [number, number],
): void => {
  const cue = session.activeCue;
  if (cue !== undefined) session.playback.play(...toSpan(cue.startMs, cue.endMs));
};

/** Plays the active caption again and again, or no more. */
export function toggleLoop(session: EditorSession): void {
  const { store, state, playback, activeCue } = session;
  const loops = !state.loops && activeCue !== undefined && playback.hasVideo;
  store.setState({ loops });
  if (!loops) {
    playback.loop(undefined);
    playback.pause();
    return;
  }
  playback.loop(() => session.activeCue);
  playback.play(activeCue.startMs, undefined);
}

/** The position of an edit at a word: the caret's word while text is being typed, otherwise the word being spoken. */
function wordPlace({ session, caret }: EditorContext) {
  const cue = session.activeCue;
  if (cue === undefined) return undefined;
  const marked = session.transcript.marked(cue);
  const at = caret();
  const word = at === undefined ? wordAt(marked, session.playback.ms) : wordOfOffset(cue, at);
  return { cue, marked, word, offset: at ?? offsetOfWord(cue, word) };
}

export function splitAtWord(context: EditorContext): void {
  const place = wordPlace(context);
  if (place === undefined) return;
  const { cue, marked, offset } = place;
  // The word that will begin the second caption, counted as the edit will split it.
  const count = wordsBefore(cueText(cue), offset);
  const atMs = findBorder(context.session, cue, marked, count);
  context.session.edit({ type: "split", cue: cue.id, offset: Math.max(1, offset), atMs });
}

/** Where a caption is cut after some of its words: see `findSplitTime`. */
function findBorder(
  { transcript, meeting }: EditorSession,
  cue: EditCue,
  marked: readonly MarkedWord[],
  count: number,
): number {
  const { maxCharactersPerSecond } = meeting.profile.cues;
  return findSplitTime(cue, marked, count, { maxCharactersPerSecond, silences: transcript.silences });
}

/** Moves a word to the neighboring caption; the time between that word and the others becomes the boundary. */
export function moveWord({ session }: EditorContext, direction: "next" | "previous"): void {
  const cue = session.activeCue;
  if (cue === undefined) return;
  const marked = session.transcript.marked(cue);
  const border =
    marked.length < 2 ? undefined : findBorder(session, cue, marked, direction === "next" ? marked.length - 1 : 1);
  session.edit({
    type: "push",
    cue: cue.id,
    direction,
    ...(border === undefined ? {} : { atMs: border }),
  });
}

export function retime({ session }: EditorContext, edge: "startMs" | "endMs", to: (ms: number) => number): void {
  const cue = session.activeCue;
  if (cue !== undefined) session.edit({ type: "time", cue: cue.id, [edge]: Math.max(0, Math.round(to(cue[edge]))) });
}

/**
 * Moves the border of two captions, the pause between them as it is; where that is long, they meet at the smallest gap.
 * @param toEnd where the first one ends, with so long a pause after it
 */
function moveBorder(
  { session }: EditorContext,
  before: EditCue,
  after: EditCue,
  toEnd: (pauseMs: number) => number,
): void {
  const { closeGapMs, minGapMs } = session.meeting.profile.cues;
  const gapMs = Math.max(0, after.startMs - before.endMs);
  const kept = gapMs < closeGapMs ? gapMs : minGapMs;
  const atMs = Math.round(toEnd(kept));
  if (kept === gapMs) session.edit({ type: "roll", cue: before.id, atMs });
  else {
    session.edit({
      type: "fix",
      list: texts.editor.edits.roll,
      cues: [
        { cue: before.id, endMs: atMs },
        { cue: after.id, startMs: atMs + kept },
      ],
    });
  }
}

/** The caption begins at a time; where the one before is shown still, their border moves there. */
export function setStart(context: EditorContext, ms: number): void {
  const { session } = context;
  const [before, cue] = [session.document.cues[session.activeIndex - 1], session.activeCue];
  if (before !== undefined && cue !== undefined && ms > before.startMs && ms < before.endMs) {
    moveBorder(context, before, cue, (pauseMs) => ms - pauseMs);
  } else retime(context, "startMs", () => ms);
}

/** The caption ends at a time; where the next one is shown by then, their border moves there. */
export function setEnd(context: EditorContext, ms: number): void {
  const { session } = context;
  const [cue, next] = [session.activeCue, session.document.cues[session.activeIndex + 1]];
  if (cue !== undefined && next !== undefined && ms > next.startMs && ms < next.endMs) {
    moveBorder(context, cue, next, () => ms);
  } else retime(context, "endMs", () => ms);
}

/** Moves the border with the next caption; where a pause lies between them, the end alone, and up to the next one. */
export function rollBy({ session }: EditorContext, byMs: number): void {
  const [cue, next] = [session.activeCue, session.document.cues[session.activeIndex + 1]];
  if (cue === undefined) return;
  const { closeGapMs, minGapMs } = session.meeting.profile.cues;
  if (next !== undefined && next.startMs - cue.endMs < closeGapMs) {
    session.edit({ type: "roll", cue: cue.id, atMs: cue.endMs + byMs });
    return;
  }
  const latestMs = next === undefined ? session.meeting.durationMs : next.startMs - minGapMs;
  session.edit({ type: "time", cue: cue.id, endMs: Math.min(latestMs, cue.endMs + byMs) });
}

/** Moves the caption, its length unchanged. */
export function nudge({ session }: EditorContext, byMs: number): void {
  const cue = session.activeCue;
  if (cue === undefined) return;
  const moved = Math.max(-cue.startMs, byMs);
  session.edit({ type: "time", cue: cue.id, startMs: cue.startMs + moved, endMs: cue.endMs + moved });
}

export const byFrames =
  (count: number) =>
  (ms: number): number =>
    frameToMs(msToFrame(ms) + count);

export function shiftFromHere({ session }: EditorContext): void {
  const cue = session.activeCue;
  if (cue !== undefined)
    session.edit({ type: "shift", from: cue.id, byMs: Math.round(session.playback.ms) - cue.startMs });
}

export async function takeSuggestion({ session }: EditorContext, number: number): Promise<void> {
  const suggestion = await suggestionsFor(session);
  const replacement = suggestion?.words[number - 1];
  if (suggestion !== undefined && replacement !== undefined) suggestion.use(replacement);
}

export function toggleBookmark({ session }: EditorContext): void {
  const atMs = Math.round(session.playback.ms);
  const near = session.document.marks.find(({ kind, atMs: at }) => kind === "bookmark" && Math.abs(at - atMs) < 500);
  session.edit(
    near === undefined ? { type: "mark", kind: "bookmark", atMs, text: "" } : { type: "remove-mark", mark: near.id },
  );
}

export function togglePosition({ session }: EditorContext): void {
  const edge = session.activeCue?.edge === "top" ? "bottom" : "top";
  session.edit({ type: "place", cues: [...session.targetCues()], edge });
}

export function goToPlayhead({ session }: EditorContext): void {
  const at = indexAt(session.document.cues, session.playback.ms);
  const cue = session.document.cues[Math.max(0, at)];
  if (cue !== undefined) session.activate(cue.id);
}
