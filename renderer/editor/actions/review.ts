/** Actions for reviewing: accept and advance, suspicious words, issues, suggestions. */
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import type { EditorContext } from "../context.ts";
import { errorsOnly, gapsOnly } from "../session/issue-filter.ts";
import { canEditCue, canEditWord, canWrite } from "./conditions.ts";
import { playSpan, takeSuggestion } from "./cue-commands.ts";
import { answerGap, fillGap, findGapAtHand } from "./gap-commands.ts";
import { acceptAndNext, acceptToHere, goToIssue, goToSuspicion, learnWord } from "./review-commands.ts";
import { setSpeakerByNumber } from "./speaker-commands.ts";

const t = texts.editor.actions;

/** A digit takes a suggestion where a word is selected, and otherwise names the speaker of that number. */
const suggestionActions = ([1, 2, 3, 4, 5] as const).map((number) => ({
  id: `suggestion-${number}` as const,
  group: "review" as const,
  title: t.suggestion(number),
  keys: { review: [`Digit${number}`], type: [`Alt+Digit${number}`] },
  when: canEditCue,
  run: (context: EditorContext) =>
    canEditWord(context) ? takeSuggestion(context, number) : setSpeakerByNumber(context, number),
}));

const speakerActions = ([6, 7, 8, 9] as const).map((number) => ({
  id: `speaker-${number}` as const,
  group: "review" as const,
  title: t.speakerNumber(number),
  keys: { review: [`Digit${number}`], type: [`Alt+Digit${number}`] },
  when: canEditCue,
  run: (context: EditorContext) => setSpeakerByNumber(context, number),
}));

export const reviewActions = [
  {
    id: "accept",
    group: "review",
    title: t.accept,
    keys: { review: ["KeyA"], type: ["Mod+Enter"] },
    when: canEditCue,
    run: ({ session }) => acceptAndNext(session),
  },
  {
    id: "accept-and-play",
    group: "review",
    title: t.acceptAndPlay,
    keys: { review: ["Shift+Space"], type: ["Mod+Shift+Space"] },
    when: canEditCue,
    run: (context) => {
      acceptAndNext(context.session);
      playSpan(context.session, (from, to) => [from, to]);
    },
  },
  {
    id: "unaccept",
    group: "review",
    title: t.unaccept,
    keys: { review: ["Shift+KeyA"] },
    when: canEditCue,
    run: ({ session }) => session.edit({ type: "unaccept", cues: [...session.targetCues()] }),
  },
  {
    id: "accept-to-here",
    group: "review",
    title: t.acceptToHere,
    keys: { review: ["Alt+KeyA"], type: ["Alt+KeyA"] },
    when: canEditCue,
    run: ({ session }) => acceptToHere(session),
  },
  {
    id: "accept-played",
    group: "review",
    title: t.acceptPlayed,
    keys: { review: ["Shift+KeyK"] },
    when: canWrite,
    run: ({ session }) => {
      const acceptsPlayed = !session.state.acceptsPlayed;
      session.store.setState({ acceptsPlayed });
      if (acceptsPlayed && !session.playback.isPlaying) session.playback.toggle();
      notifyDone(texts.editor.acceptingPlayed(acceptsPlayed));
    },
  },
  {
    id: "next-suspicion",
    group: "review",
    title: t.nextSuspicion,
    keys: { review: ["KeyN"], type: ["Alt+KeyN"] },
    run: ({ session }) => goToSuspicion(session, 1),
  },
  {
    id: "previous-suspicion",
    group: "review",
    title: t.previousSuspicion,
    keys: { review: ["Shift+KeyN"], type: ["Alt+Shift+KeyN"] },
    run: ({ session }) => goToSuspicion(session, -1),
  },
  {
    id: "next-issue",
    group: "review",
    title: t.nextIssue,
    keys: { review: ["F8"], type: ["F8"] },
    run: ({ session }) => goToIssue(session, 1),
  },
  {
    id: "previous-issue",
    group: "review",
    title: t.previousIssue,
    keys: { review: ["Shift+F8"], type: ["Shift+F8"] },
    run: ({ session }) => goToIssue(session, -1),
  },
  {
    id: "next-error",
    group: "review",
    title: t.nextError,
    keys: { review: ["Mod+F8"], type: ["Mod+F8"] },
    run: ({ session }) => goToIssue(session, 1, errorsOnly),
  },
  {
    id: "previous-error",
    group: "review",
    title: t.previousError,
    keys: { review: ["Mod+Shift+F8"], type: ["Mod+Shift+F8"] },
    run: ({ session }) => goToIssue(session, -1, errorsOnly),
  },
  {
    id: "next-gap",
    group: "review",
    title: t.nextGap,
    keys: { review: ["F9"], type: ["F9"] },
    run: ({ session }) => goToIssue(session, 1, gapsOnly),
  },
  {
    id: "previous-gap",
    group: "review",
    title: t.previousGap,
    keys: { review: ["Shift+F9"], type: ["Shift+F9"] },
    run: ({ session }) => goToIssue(session, -1, gapsOnly),
  },
  ...suggestionActions,
  ...speakerActions,
  {
    id: "acknowledge",
    group: "review",
    title: t.acknowledge,
    keys: { review: ["KeyF"], type: ["Alt+KeyF"] },
    when: canWrite,
    run: ({ session, show }) => {
      // The dialog shows the issues of the store, so they must be those of the captions as they are now.
      session.refreshIssues();
      show("acknowledge");
    },
  },
  {
    id: "fill-gap",
    group: "review",
    title: t.fillGap,
    label: texts.editor.gaps.fill,
    keys: { review: ["KeyY"], type: ["Alt+KeyY"] },
    when: canWrite,
    run: ({ session }) => fillGap(session, findGapAtHand(session)),
  },
  {
    id: "no-speech",
    group: "review",
    title: t.noSpeech,
    label: texts.editor.gaps.noSpeech,
    keys: { review: ["Shift+KeyY"], type: ["Alt+Shift+KeyY"] },
    when: canWrite,
    run: ({ session }) => answerGap(session, findGapAtHand(session)),
  },
  {
    id: "hear-again",
    group: "review",
    title: t.hearAgain,
    label: texts.editor.hearAgain.short,
    keys: { review: ["Shift+KeyH"], type: ["Alt+Shift+KeyH"] },
    when: canWrite,
    run: ({ show }) => show("hear-again"),
  },
  {
    id: "learn",
    group: "review",
    title: t.learn,
    label: texts.editor.spelling.learn,
    keys: { review: ["KeyU"], type: ["Alt+KeyU"] },
    run: learnWord,
  },
] as const satisfies readonly ActionDefinition<EditorContext>[];
