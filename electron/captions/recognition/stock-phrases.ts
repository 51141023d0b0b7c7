/** Phrases that are said, or written by recognizers, so often that they are no evidence by themselves. */

/**
 * Phrases that recognizers write during silence; they may also be spoken, but not for long. Lower case, without
 * punctuation.
 */
export const stockPhrases: ReadonlySet<string> = new Set([
  "thank you",
  "thanks",
  "thanks for watching",
  "thank you for watching",
  "thank you very much",
  "please subscribe",
  "you",
  "bye",
  "bye bye",
  "okay",
  "so",
  "the",
  "i'm sorry",
  "music",
]);

/** Words with which everyone answers votes and roll calls. */
export const rollCallAnswers: ReadonlySet<string> = new Set(
  "aye ayes yes yeah yep no nay nays here present second seconded so moved abstain".split(" "),
);
