/** Rules about the text itself: slips of the pen, brackets, names, speakers. */
import { cueText } from "../../cue.ts";
import { bare } from "../../segmentation/sentence-end.ts";
import { editDistance } from "../../text/edit-distance.ts";
import { findEmbarrassingWords } from "../../text/embarrassing-words.ts";
import type { CueContext, CueRule } from "./rule.ts";

/** Doubled on purpose, or in two grammatical roles. */
const mayDouble = new Set("had that very no yes yeah aye bye so is do really".split(" "));

const doubleWord: CueRule = {
  name: "double-word",
  check: ({ cue, previous }) => {
    const words = cueText(cue).split(/\s+/).filter(Boolean);
    const last = previous === undefined ? undefined : cueText(previous).split(/\s+/).at(-1);
    const all = last === undefined || /[.!?,;:]["')\]]*$/.test(last) ? words : [last, ...words];
    const found = all.find((word, index) => {
      const next = all[index + 1];
      const text = bare(word);
      return (
        next !== undefined &&
        text !== "" &&
        bare(next) === text &&
        !/[^\p{L}\p{N}']$/u.test(word) &&
        !mayDouble.has(text) &&
        // Walla Walla.
        !(/^\p{Lu}/u.test(word) && /^\p{Lu}/u.test(next)) &&
        !/\d/.test(text)
      );
    });
    if (found === undefined) return [];
    return [{ message: `"${found} ${found}": the word is there twice` }];
  },
};

const pairs = [
  ["[", "]"],
  ["(", ")"],
] as const;

const openBracket: CueRule = {
  name: "bracket",
  check: ({ cue, next, previous }) => {
    // `a)` and `1)` begin the items of a list.
    const count = (text: string, mark: string): number =>
      text.replace(/(^|[\s([])[\p{L}\d]{1,3}\)/gu, "$1").split(mark).length - 1;
    return pairs.flatMap(([open, close]) => {
      const excess = count(cueText(cue), open) - count(cueText(cue), close);
      if (excess === 0) return [];
      // A long label may run over two captions.
      const neighbour = excess > 0 ? next : previous;
      if (neighbour !== undefined && count(cueText(neighbour), open) - count(cueText(neighbour), close) === -excess)
        return [];
      const message = excess > 0 ? `"${open}" is never closed` : `"${close}" was never opened`;
      return [{ message }];
    });
  },
};

const label = /^\s*(?:>>+\s*)?([\p{L}\d .'-]{1,40}):/u;

const unknownSpeaker: CueRule = {
  name: "unknown-speaker",
  check: ({ cue }) => {
    const name = cue.speaker ?? label.exec(cue.lines[0] ?? "")?.[1];
    if (name === undefined || !/^(speaker|unknown|person|voice)[\s_]*\w?\d*$/i.test(name.trim())) return [];
    return [{ message: `the speaker "${name.trim()}" has no name yet` }];
  },
};

/** Shorter names are too much like other words. */
const minNameLength = 5;

/** Names of the glossary that are spelled nearly like words of a caption, or were found to sound like them. */
const nearName: CueRule = {
  name: "near-name",
  check: (context) => {
    const sounding = findNearSounds(context);
    const terms = new Set(sounding.map(({ name }) => name));
    const spelled = findNearSpellings(context).filter(({ name }) => !terms.has(name));
    return [...sounding, ...spelled].map(({ heard, name }) => ({ message: `"${heard}" may be "${name}"` }));
  },
};

interface NearWords {
  readonly heard: string;
  readonly name: string;
}

function findNearSpellings({ cue, facts }: CueContext): readonly NearWords[] {
  const names = (facts.glossary ?? []).filter((name) => name.length >= minNameLength);
  if (names.length === 0) return [];
  const words = cueText(cue).split(/\s+/).filter(Boolean);
  return names.flatMap((name) => {
    const size = name.split(/\s+/).length;
    const lowerCase = name.toLowerCase();
    const allowed = Math.max(1, Math.floor(name.length / 6));
    for (let at = 0; at + size <= words.length; at++) {
      const heard = words
        .slice(at, at + size)
        .map(bare)
        .join(" ");
      if (heard === lowerCase.replace(/[^\p{L}\p{N}' ]/gu, "")) return [];
      if (Math.abs(heard.length - lowerCase.length) > allowed || heard[0] !== lowerCase[0]) continue;
      if (editDistance(heard, lowerCase) <= allowed) return [{ heard, name }];
    }
    return [];
  });
}

/** What recognition found to sound like a name, as long as it stands in the caption, and nobody has reviewed that. */
function findNearSounds({ cue, index, next, facts }: CueContext): readonly NearWords[] {
  if (facts.nearNames === undefined || facts.reviewed?.has(index)) return [];
  const here = facts.nearNames.filter(({ startMs }) => startMs >= cue.startMs && startMs < (next?.startMs ?? Infinity));
  if (here.length === 0) return [];
  // It may run on into the next caption.
  const text = plainText(`${cueText(cue)} ${next === undefined ? "" : cueText(next)}`);
  return here.filter(({ heard }) => text.includes(plainText(heard))).map(({ heard, term }) => ({ heard, name: term }));
}

const plainText = (text: string): string => ` ${text.split(/\s+/).map(bare).filter(Boolean).join(" ")} `;

/** Holds for accepted captions as well: only a tick says that the word itself was looked at. */
const embarrassingWord: CueRule = {
  name: "embarrassing-word",
  check: ({ cue, facts }) => {
    const found = findEmbarrassingWords(cueText(cue));
    if (found.length === 0) return [];
    const names = new Set((facts.glossary ?? []).flatMap((name) => name.toLowerCase().split(/\s+/)));
    return found
      .filter((word) => !names.has(word.toLowerCase()))
      .map((word) => ({ message: `"${word}" is a word that embarrasses if nobody said it` }));
  },
};

export const textRules: readonly CueRule[] = [doubleWord, openBracket, unknownSpeaker, nearName, embarrassingWord];
