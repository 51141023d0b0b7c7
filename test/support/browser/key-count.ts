/**
 * Counts the key presses of a review: accepting captions, some of them with a word to correct. Counted in the real
 * page; for Subtitle Edit by its documented default keys (docs/reference/keyboard-shortcuts.md of its repository:
 * Alt+Down goes to the next line, Ctrl+Right a word on, Ctrl+Delete removes the word after the caret).
 */
import type { Page } from "playwright-core";
import type { Word } from "../../../electron/captions/word.ts";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { finishChunk, listChunks, storePlan } from "../../../electron/catalog/repositories/chunks.ts";
import { addTerms } from "../../../electron/catalog/repositories/glossary.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { addMeeting } from "../bench/meetings.ts";

const city = "Keys";
/** Of nine words each; no two that follow one another are the same: that would be a loop of the recognition. */
const sentences = [
  "the council will now hear the next item again",
  "is there anybody here who wants to speak first",
  "we have looked at the plan for this road",
  "that money comes from the state and the county",
  "thank you all for coming out here this evening",
].map((sentence) => sentence.split(" "));
/** Two of three are a misrecognized name of the city; the third is a word that has to be typed. */
const wrongs = [
  { heard: "Gutierez", right: "Gutierrez", isOffered: true },
  { heard: "Lindkvist", right: "Lindqvist", isOffered: true },
  { heard: "flurbed", right: "adjourned", isOffered: false },
] as const;

interface Correction {
  readonly cue: number;
  /** Index of the wrong word in its caption. */
  readonly word: number;
  readonly right: string;
  readonly isOffered: boolean;
}

export interface KeyMeeting {
  readonly id: string;
  readonly captions: number;
  readonly corrections: readonly Correction[];
}

export function addKeyMeeting(catalog: Catalog, captions: number, corrections: number, number = 99_001): KeyMeeting {
  const every = Math.floor(captions / corrections);
  const words: Word[] = [];
  const wanted: Correction[] = [];
  const cues = Array.from({ length: captions }, (_, cue) => {
    const startMs = 1_000 + cue * 4_000;
    const isWrong = cue % every === every - 1 && wanted.length < corrections;
    const wrong = wrongs[wanted.length % wrongs.length] ?? wrongs[0];
    const place = 2 + (wanted.length % 6);
    const sentence = sentences[cue % sentences.length] ?? [];
    const texts = sentence.map((text, index) => (isWrong && index === place ? wrong.heard : text));
    if (isWrong) wanted.push({ cue, word: place, right: wrong.right, isOffered: wrong.isOffered });
    texts.forEach((text, index) => {
      const from = startMs + index * 400;
      const probability = isWrong && index === place ? 0.2 : 0.97;
      words.push({ text, startMs: from, endMs: from + 350, probability });
    });
    return { startMs, endMs: startMs + 3_700, lines: [texts.slice(0, 5).join(" "), texts.slice(5).join(" ")] };
  });
  const durationMs = captions * 4_000 + 2_000;
  const { id } = addMeeting(catalog, { number, filename: `keys ${number}.mp4`, durationMs, city });
  addTerms(
    catalog,
    city,
    wrongs.filter(({ isOffered }) => isOffered).map(({ right }) => ({ term: right, kind: "person" })),
  );
  storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: durationMs }] }]);
  const [chunk] = listChunks(catalog, id);
  const completedDate = new Date().toISOString();
  finishChunk(catalog, chunk?.id ?? 0, { words, repairedWords: 0, language: "en", elapsedMs: 1, completedDate });
  storeMachineVersion(catalog, id, cues);
  return { id, captions, corrections: wanted };
}

/** How captions are accepted: one by one, or up to the word that has just been corrected. */
export type Accepting = "one by one" | "up to here";

/** Reviews the meeting that is open in the page. @returns Number of key presses; a chord counts as one */
export async function reviewWithKeys(
  page: Page,
  { captions, corrections }: KeyMeeting,
  accepting: Accepting = "one by one",
): Promise<number> {
  let keys = 0;
  const press = async (key: string): Promise<void> => {
    keys++;
    await page.keyboard.press(key);
  };
  const correct = async ({ right, isOffered }: Correction): Promise<void> => {
    await press("KeyN");
    if (isOffered) {
      await page.getByRole("button", { name: `1 ${right}` }).waitFor();
      await press("Digit1");
      return;
    }
    // The caret is placed before the selected word.
    await press("Enter");
    await press("Control+Delete");
    for (const letter of `${right} `) await press(letter === " " ? "Space" : letter);
    await press("Escape");
  };
  if (accepting === "up to here") {
    for (const wrong of corrections) {
      await correct(wrong);
      await press("Alt+KeyA");
    }
    await press("End");
    await press("Alt+KeyA");
    return keys;
  }
  const byCue = new Map(corrections.map((each) => [each.cue, each]));
  for (let cue = 0; cue < captions; cue++) {
    const wrong = byCue.get(cue);
    if (wrong !== undefined) await correct(wrong);
    await press("KeyA");
  }
  return keys;
}

/** Key presses for the same work in Subtitle Edit, which marks no suspicious words: the caret moves to each word. */
export function keysInSubtitleEdit({ captions, corrections }: KeyMeeting): number {
  const goOn = captions;
  // Move to the word, delete it, type the right one and a space; the caret begins at the first word.
  return goOn + corrections.reduce((sum, { word, right }) => sum + word + 1 + right.length + 1, 0);
}
