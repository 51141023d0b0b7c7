/** What is said so often, or written by recognisers so often, that it tells nothing by itself. */

/** What recognisers write when nobody speaks; somebody may say it, but not for long. In lower case, bare words. */
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

/** Votes and roll calls are answered in the same words by everybody. */
export const rollCallAnswers: ReadonlySet<string> = new Set(
  "aye ayes yes yeah yep no nay nays here present second seconded so moved abstain".split(" "),
);
