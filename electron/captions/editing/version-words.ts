/**
 * The words of corrected captions, with times: what texts that are made from words (transcript, summary, key phrases,
 * agenda items) hold. Words that were recognized keep their times and probabilities; a person's words are certain.
 */
import type { Cue } from "../cue.ts";
import type { Word } from "../word.ts";
import { alignWords } from "./align-words.ts";
import { isLead, wordsOfText } from "./cue-text.ts";

/** `>> MAYOR SMITH: `, `>>`, `- `: who speaks, which nobody says. A name without arrows is text. */
const label = /^\s*(?:>{2,3}\s*(?:(?<name>[^\p{Ll}:[\]]{1,60}):(?=\s|$))?|[-–—]\s+)/u;

interface SpokenLine {
  readonly words: readonly string[];
  /** Undefined: it is not said whose words they are. */
  readonly speaker: string | undefined;
}

/** The words of a cue's lines without the labels of speakers. A line that begins a turn has a speaker of its own. */
function readLines({ lines, speaker }: Cue): readonly SpokenLine[] {
  let current = speaker;
  return lines.map((line, index) => {
    const found = label.exec(line);
    const name = found?.groups?.["name"]?.trim();
    if (name !== undefined && (index > 0 || speaker === undefined)) current = name;
    else if (found !== null && index > 0) current = undefined;
    const text = found === null ? line : line.slice(found[0].length);
    return { words: wordsOfText(text).filter((word) => !isLead(word)), speaker: current };
  });
}

/**
 * The words of captions, in order of time.
 * @param cues of a version
 * @param machine all recognized words, in order of time
 */
export function toVersionWords(cues: readonly Cue[], machine: readonly Word[]): readonly Word[] {
  const words: Word[] = [];
  for (const cue of cues) {
    const lines = readLines(cue);
    const speakers = lines.flatMap((line) => line.words.map(() => line.speaker));
    const aligned = alignWords(
      lines.flatMap((line) => line.words),
      cue,
      machine,
    );
    aligned.forEach(({ text, startMs, endMs, source, estimated }, index) => {
      const heard = source === undefined ? undefined : machine[source];
      const speaker = speakers[index] ?? heard?.speaker;
      // Captions that overlap share words in time: the order of the text holds.
      const begin = Math.max(startMs, words.at(-1)?.startMs ?? 0);
      words.push({
        text,
        startMs: begin,
        endMs: Math.max(begin, endMs),
        probability: heard?.probability ?? 1,
        ...(estimated ? { estimated } : {}),
        ...(speaker === undefined ? {} : { speaker }),
      });
    });
  }
  return words;
}

const soundEnds: Readonly<Record<string, string>> = { "[": "]", "♪": "♪" };
/** A bracket that is not closed within so many words is a slip of the pen. */
const maxSoundWords = 15;

/** Words that somebody says: descriptions of sounds (`[applause]`, `♪ music ♪`) are left out. */
export function withoutSounds(words: readonly Word[]): readonly Word[] {
  const said: Word[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Word;
    const end = soundEnds[word.text[0] ?? ""];
    const last = end === undefined ? -1 : findSoundEnd(words, index, end);
    if (last < 0) said.push(word);
    else index = last;
  }
  return said;
}

/** Index of the word that ends a description; -1: none does. */
function findSoundEnd(words: readonly Word[], first: number, end: string): number {
  if (words[first]?.text.slice(1).includes(end)) return first;
  const rest = words.slice(first + 1, first + maxSoundWords);
  const at = rest.findIndex(({ text }) => text.includes(end));
  return at < 0 ? -1 : first + 1 + at;
}
