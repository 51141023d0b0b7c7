/** Commands on speech without captions, which is an issue of a place: go there, write captions, or say that it is none. */
import { cueText } from "../../../electron/captions/cue.ts";
import { indexAt } from "../../../electron/captions/editing/document.ts";
import { splitLongCue } from "../../../electron/captions/editing/split-long.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { isSpeechGap } from "../../../electron/captions/quality/speech-gap-issues.ts";
import { type TimeSpan, uncovered } from "../../../electron/captions/time/span.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import type { EditorSession } from "../session/session.ts";
import { insertCue } from "./cue-commands.ts";

/**
 * Cuts the active caption into as many as its text needs. In a gap, their time goes to its end, because the text is what is
 * said in it; elsewhere to where a reader needs it, and never over the next caption.
 */
export function splitToFit(session: EditorSession): void {
  const { activeCue: cue, document, transcript, meeting } = session;
  if (cue === undefined) return;
  const { cues: profile } = meeting.profile;
  const next = document.cues[session.activeIndex + 1];
  const roomMs = next === undefined ? meeting.durationMs : next.startMs - profile.minGapMs;
  const gap = listGaps(session.refreshIssues()).find(
    ({ startMs, endMs }) => startMs <= cue.endMs + profile.closeGapMs && endMs > cue.endMs,
  );
  const neededMs = cue.startMs + Math.ceil((cueText(cue).length * 1000) / profile.maxCharactersPerSecond);
  const endMs = Math.max(cue.endMs, Math.min(roomMs, Math.round(gap?.endMs ?? neededMs)));
  const { words, silences } = transcript;
  const pieces = splitLongCue({ ...cue, endMs }, { profile, words, silences });
  if (pieces.length < 2) {
    notifyDone(texts.editor.fits);
    return;
  }
  session.edit({
    type: "fix",
    list: texts.editor.issues.lists.split ?? "",
    cues: [{ cue: cue.id, pieces: [...pieces] }],
  });
}

/** A shorter time has no room for a caption. */
const minCaptionMs = 500;

/** The spans of speech without captions among the issues, in order. */
export const listGaps = (issues: readonly Issue[]): readonly TimeSpan[] =>
  issues.filter(isSpeechGap).map(({ atMs, untilMs }) => ({ startMs: atMs, endMs: untilMs }));

/** The gap that a person has gone to, otherwise the one at the playhead; undefined: there is none. */
export function findGapAtHand({ state, playback }: EditorSession): TimeSpan | undefined {
  const gaps = listGaps(state.issues);
  const { activeGap } = state;
  const chosen = activeGap && gaps.find(({ startMs, endMs }) => startMs < activeGap.endMs && endMs > activeGap.startMs);
  return chosen ?? gaps.find(({ startMs, endMs }) => playback.ms >= startMs && playback.ms < endMs);
}

/**
 * What would be heard again: speech without captions that a person has gone to, otherwise the chosen captions and all
 * between them; undefined: there is nothing.
 */
export function findSpanAtHand(session: EditorSession): TimeSpan | undefined {
  const { activeGap } = session.state;
  if (activeGap !== null) {
    return { startMs: Math.floor(activeGap.startMs), endMs: Math.ceil(activeGap.endMs) };
  }
  const chosen = new Set(session.targetCues());
  const cues = session.document.cues.filter(({ id }) => chosen.has(id));
  const [first] = cues;
  const last = cues.at(-1);
  return first === undefined || last === undefined ? undefined : { startMs: first.startMs, endMs: last.endMs };
}

/** Keeps in the meeting's record that nobody speaks in a gap, with the person who says so. */
export function answerGap(session: EditorSession, gap: TimeSpan | undefined): void {
  if (gap === undefined) {
    notifyDone(texts.editor.gaps.none);
    return;
  }
  const { startMs, endMs } = gap;
  if (session.edit({ type: "no-speech", startMs, endMs })) session.store.setState({ activeGap: null });
}

/**
 * Begins a caption in the first free part of a gap. Where captions with too few words fill all of it, the first of them is
 * opened instead.
 */
export function fillGap(session: EditorSession, gap: TimeSpan | undefined): void {
  if (gap === undefined) {
    notifyDone(texts.editor.gaps.none);
    return;
  }
  const { document, meeting, playback } = session;
  const { minGapMs, maxMs } = meeting.profile.cues;
  const room = uncovered([gap], document.cues).find(({ startMs, endMs }) => endMs - startMs >= minCaptionMs);
  if (room === undefined) {
    const cue = document.cues[Math.max(0, indexAt(document.cues, gap.startMs + 1))];
    if (cue === undefined) return;
    session.activate(cue.id, { mode: "type", caret: null });
    playback.seek(Math.max(cue.startMs, gap.startMs));
    return;
  }
  const startMs = Math.round(room.startMs);
  const next = document.cues[indexAt(document.cues, startMs) + 1];
  const latestMs = Math.min(room.endMs, (next?.startMs ?? Number.POSITIVE_INFINITY) - minGapMs);
  const endMs = Math.round(Math.max(startMs + minCaptionMs / 2, Math.min(startMs + maxMs, latestMs)));
  if (!insertCue(session, { startMs, endMs })) return;
  session.store.setState({ activeGap: null });
  playback.seek(startMs);
}
