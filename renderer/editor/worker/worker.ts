/** The editor's worker: encodes and decodes the captions, runs the checks of all captions, and checks the spelling. */
import { createHunspellFromStrings, type Hunspell } from "hunspell-wasm";
import { withChange } from "../../../electron/captions/editing/change.ts";
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import { wholeIssues } from "../../../electron/captions/editing/document-issues.ts";
import type { CaptionProfile } from "../../../electron/captions/quality/caption-profile.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import { decodeScc } from "../../../electron/captions/scc/decode.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

interface Opened {
  document: CaptionDocument;
  changes: number;
  readonly profile: CaptionProfile;
  readonly facts: RecordingFacts;
}

let opened: Opened | undefined;
let hunspell: Promise<Hunspell> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Delay in milliseconds during which successive edits are collected and checked together. */
const pauseMs = 120;

const post = (message: FromWorker): void => postMessage(message);

function checkSoon(afterMs: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (opened === undefined) return;
    const { document, profile, facts, changes } = opened;
    const text = encodeScc(document.cues, { profile: profile.cues }).text;
    const captions = document.cues.length === 0 ? [] : decodeScc(parseScc(text));
    post({ kind: "seen", captions, issues: wholeIssues(document, facts, profile), changes });
  }, afterMs);
}

async function load({ affixes, dictionary, known }: Extract<ToWorker, { kind: "dictionary" }>): Promise<Hunspell> {
  const checker = await createHunspellFromStrings(affixes, dictionary);
  for (const word of known) checker.addWord(word);
  return checker;
}

async function spell(words: readonly string[]): Promise<void> {
  const checker = await hunspell;
  if (checker === undefined) return;
  // A possessive or plural of a known name counts as known.
  const isKnown = (word: string): boolean =>
    checker.testSpelling(word) ||
    checker.testSpelling(word[0]?.toUpperCase() + word.slice(1)) ||
    checker.testSpelling(word.replace(/'s$/, ""));
  post({ kind: "spelled", unknown: words.filter((word) => !isKnown(word)) });
}

async function suggest(id: number, word: string): Promise<void> {
  const checker = await hunspell?.catch(() => undefined);
  post({ kind: "suggested", id, words: checker?.getSpellingSuggestions(word) ?? [] });
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "open") {
    opened = { document: data.document, changes: 0, profile: data.profile, facts: data.facts };
    checkSoon(0);
  } else if (data.kind === "change") {
    if (opened === undefined) return;
    opened.document = withChange(opened.document, data.change);
    opened.changes++;
    checkSoon(pauseMs);
  } else if (data.kind === "dictionary") {
    hunspell = load(data);
    // An unusable dictionary is reported once, and words remain unmarked.
    hunspell.catch((thrown: unknown) => post({ kind: "no-dictionary", reason: String(thrown) }));
  } else if (data.kind === "spell") void spell(data.words).catch(() => undefined);
  else if (data.kind === "learn") void hunspell?.then((checker) => checker.addWord(data.word)).catch(() => undefined);
  else void suggest(data.id, data.word);
});
