/** Commands of a review: accept and advance, go to the next suspicious word or issue, suggestions for a word. */
import { wordsOfText } from "../../../electron/captions/editing/cue-text.ts";
import { type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";
import { listAlternatives, suggestWords } from "../../../electron/captions/editing/suggest-words.ts";
import { isSpeechGap } from "../../../electron/captions/quality/speech-gap-issues.ts";
import { trimPunctuation } from "../../../electron/captions/segmentation/sentence-end.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import type { EditorContext } from "../context.ts";
import { countIssues, filterIssues, type IssueFilter, noFilter } from "../session/issue-filter.ts";
import { listPlain } from "../session/plain-captions.ts";
import type { EditorSession } from "../session/session.ts";
import { type MarkedWord, type NearName, offsetOfWord, wordOfOffset } from "../session/transcript.ts";

/** Accepts the active caption or the selection, and goes to the next caption that is not accepted yet. */
export function acceptAndNext(session: EditorSession): void {
  const targets = session.targetCues();
  const { cues } = session.document;
  const at = session.activeIndex;
  if (at < 0) return;
  const accepted = new Set(targets);
  const isOpen = (cue: EditCue): boolean => !cue.reviewed && !accepted.has(cue.id);
  const next = cues.slice(at + 1).find(isOpen) ?? cues.slice(0, at).find(isOpen);
  const verdicts = cues.filter(({ id }) => accepted.has(id)).flatMap((cue) => session.transcript.verdicts(cue));
  const isTyping = session.state.mode === "type";
  const command = {
    type: "accept" as const,
    cues: [...targets],
    ...(verdicts.length === 0 ? {} : { verdicts: [...verdicts] }),
  };
  if (!session.edit(command)) return;
  if (next === undefined) notifyDone(texts.editor.allAccepted);
  else session.activate(next.id, isTyping ? { mode: "type" } : {});
}

/**
 * Accepts the active caption, and all before it that nothing is said against: those that have been listened to on the way
 * here.
 */
export function acceptToHere(session: EditorSession): void {
  const { activeCue, activeIndex } = session;
  if (activeCue === undefined) return;
  session.refreshIssues();
  const before = listPlain(session, session.document.cues.slice(0, activeIndex)).map(({ id }) => id);
  const own = activeCue.reviewed === true ? [] : [activeCue.id];
  const verdicts = own.length === 0 ? [] : session.transcript.verdicts(activeCue);
  const cues = [...before, ...own];
  if (cues.length === 0) return;
  session.edit({ type: "accept", cues, ...(verdicts.length === 0 ? {} : { verdicts: [...verdicts] }) });
}

/** Goes to the next (1) or previous (-1) suspicious word, in this caption or another one. */
export function goToSuspicion(session: EditorSession, direction: 1 | -1): void {
  const { cues } = session.document;
  const at = session.activeIndex;
  const { wordIndex } = session.state;
  for (let index = Math.max(0, at); index >= 0 && index < cues.length; index += direction) {
    const cue = cues[index] as EditCue;
    if (cue.reviewed) continue;
    const marked = session.transcript.marked(cue);
    const found = marked
      .map((word, place) => ({ word, place }))
      .filter(({ word, place }) => {
        if (word.suspicion === undefined) return false;
        if (index !== at) return true;
        return direction === 1 ? place > (wordIndex ?? -1) : place < (wordIndex ?? 0);
      });
    const hit = direction === 1 ? found[0] : found.at(-1);
    if (hit === undefined) continue;
    const isTyping = session.state.mode === "type";
    session.activate(cue.id, { wordIndex: hit.place, ...(isTyping ? { caret: offsetOfWord(cue, hit.place) } : {}) });
    if (session.state.videoFollows) session.playback.seek(Math.max(cue.startMs, hit.word.startMs - 300));
    return;
  }
  notifyDone(direction === 1 ? texts.editor.noMoreSuspicions : texts.editor.noSuspicionsBefore);
}

/**
 * Goes to the next (1) or previous (-1) issue of the list as it is filtered. Issues of captions are ordered by their
 * caption; speech without captions comes after the caption that it follows.
 * @param filter which issues count instead of those that the list shows
 */
export function goToIssue(
  session: EditorSession,
  direction: 1 | -1,
  filter: IssueFilter = session.state.issueFilter,
): void {
  const all = session.refreshIssues();
  const issues = filterIssues(all, filter);
  const { cues } = session.document;
  const { activeGap } = session.state;
  const toOrder = (index: number, gapMs?: number): number => Math.max(0, index) + (gapMs === undefined ? 0 : 0.5);
  const at =
    activeGap === null
      ? { order: session.activeIndex, ms: Number.NEGATIVE_INFINITY }
      : { order: toOrder(indexAt(cues, activeGap.startMs), activeGap.startMs), ms: activeGap.startMs };
  const places = issues
    .map((issue) => {
      const index = issue.cue ?? indexAt(cues, issue.atMs ?? 0);
      return isSpeechGap(issue)
        ? { issue, order: toOrder(index, issue.atMs), ms: issue.atMs }
        : { issue, order: toOrder(index), ms: Number.NEGATIVE_INFINITY };
    })
    .toSorted((a, b) => a.order - b.order || (a.ms === b.ms ? 0 : a.ms - b.ms));
  const isAfter = (place: (typeof places)[number]): boolean =>
    place.order > at.order || (place.order === at.order && place.ms > at.ms);
  const isBefore = (place: (typeof places)[number]): boolean =>
    place.order < at.order || (place.order === at.order && place.ms < at.ms);
  const target = direction === 1 ? (places.find(isAfter) ?? places[0]) : (places.findLast(isBefore) ?? places.at(-1));
  const cue = target === undefined ? undefined : cues[Math.floor(target.order)];
  if (target === undefined || (cue === undefined && !isSpeechGap(target.issue))) {
    notifyDone(all.length === 0 ? texts.editor.noIssues : texts.editor.issues.hidden(filter, countIssues(all)));
    return;
  }
  if (isSpeechGap(target.issue)) session.goToGap({ startMs: target.issue.atMs, endMs: target.issue.untilMs });
  else if (cue !== undefined) session.activate(cue.id);
  // The list goes on showing what the person has chosen, unless that hides where they are now.
  const isHidden = filterIssues([target.issue], session.state.issueFilter).length === 0;
  session.store.setState({ sidePanel: "issues", ...(isHidden ? { issueFilter: noFilter } : {}) });
}

/** The selected word without punctuation; while text is being typed, the word at the caret. */
function selectedWord({ session, caret }: EditorContext): string {
  const cue = session.activeCue;
  if (cue === undefined) return "";
  const at = caret();
  const index = at === undefined ? session.state.wordIndex : wordOfOffset(cue, at);
  return trimPunctuation(index === null ? "" : (session.transcript.marked(cue)[index]?.text ?? ""));
}

/** Adds the selected word to the dictionary. */
export async function learnWord(context: EditorContext): Promise<void> {
  const word = selectedWord(context);
  if (word === "") notifyDone(texts.editor.spelling.noWord);
  else await context.session.learn(word);
}

export interface Suggestion {
  readonly word: string;
  /** Neither the dictionary nor a list of names contains it, so it can be added. */
  readonly isUnknown: boolean;
  readonly words: readonly string[];
  /** Replaces the word with one of the suggestions. */
  readonly use: (replacement: string) => void;
}

/** Suggested replacements for the selected word, see `suggestWords`. */
export async function suggestionsFor(session: EditorSession): Promise<Suggestion | undefined> {
  const cue = session.activeCue;
  const { wordIndex } = session.state;
  if (cue === undefined || wordIndex === null) return undefined;
  const all = session.transcript.marked(cue);
  const marked = all[wordIndex];
  if (marked === undefined) return undefined;
  const near = marked.nearName;
  const { transcript } = session;
  const isUnknown = transcript.isUnknown(marked.text);
  const words = suggestWords({
    word: marked.text,
    isKnown: !isUnknown,
    nearName: near?.term,
    names: transcript.glossary,
    alternatives: listAlternatives(all, wordIndex, transcript.words),
    neighbors: isUnknown ? await session.suggest(marked.text.replace(/[^\p{L}\p{N}'-]/gu, "")) : [],
  });
  const use = (replacement: string): void => {
    const current = session.document.cues.find(({ id }) => id === cue.id);
    // The caption was edited in the meantime: its word indexes are no longer valid.
    if (current === undefined || current.lines.join("\n") !== cue.lines.join("\n")) return;
    const [first, count] = near?.term === replacement ? nearPlace(all, near, wordIndex) : [wordIndex, 1];
    replaceWord(session, current, first, count, replacement);
  };
  return {
    word: marked.text,
    isUnknown,
    words,
    use,
  };
}

/** Index of the first word of a name and its number of words in the caption; the selected word may be any of them. */
function nearPlace(
  words: readonly MarkedWord[],
  near: NearName,
  wordIndex: number,
): readonly [first: number, count: number] {
  const isOfName = (index: number): boolean => words[index]?.nearName === near;
  let first = wordIndex;
  while (first > 0 && isOfName(first - 1)) first--;
  let end = wordIndex + 1;
  while (isOfName(end)) end++;
  return [first, end - first];
}

/** Replaces `count` words from index `word` on; leading and trailing punctuation is kept. */
function replaceWord(session: EditorSession, cue: EditCue, word: number, count: number, replacement: string): void {
  const all = wordsOfText(cue.lines);
  const [, before = "", , after = ""] =
    /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(all.slice(word, word + count).join(" ")) ?? [];
  const next = before + replacement + after;
  let index = 0;
  const lines = cue.lines.map((line) => {
    const own = wordsOfText(line);
    const replaced = own.flatMap((text) => {
      const at = index++;
      if (at === word) return [next];
      return at > word && at < word + count ? [] : [text];
    });
    return replaced.join(" ");
  });
  session.edit({
    type: "text",
    cue: cue.id,
    lines: lines.filter((line, at) => line !== "" || lines.length === 1 || at === 0),
  });
}
