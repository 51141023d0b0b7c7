/** Rules about the text itself: slips of the pen, brackets, names, speakers. */
import { cueText } from "../../cue.ts";
import { bare } from "../../segmentation/sentence-end.ts";
import { editDistance } from "../../text/edit-distance.ts";
import type { CueRule } from "./rule.ts";

/** Doubled on purpose, or in two grammatical roles. */
const mayDouble = new Set("had that very no yes yeah aye bye so is do really".split(" "));

const doubleWord: CueRule = {
  name: "double-word",
  group: "caption-accuracy",
  severity: "warning",
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
    return [
      { message: `"${found} ${found}": the word is there twice`, remedy: "Delete one, unless it is said twice." },
    ];
  },
};

const pairs = [
  ["[", "]"],
  ["(", ")"],
] as const;

const openBracket: CueRule = {
  name: "bracket",
  group: "caption-accuracy",
  severity: "warning",
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
      return [{ message, remedy: "Add the other bracket." }];
    });
  },
};

const label = /^\s*(?:>>+\s*)?([\p{L}\d .'-]{1,40}):/u;

const unknownSpeaker: CueRule = {
  name: "unknown-speaker",
  group: "speaker-identification",
  severity: "warning",
  check: ({ cue }) => {
    const name = cue.speaker ?? label.exec(cue.lines[0] ?? "")?.[1];
    if (name === undefined || !/^(speaker|unknown|person|voice)[\s_]*\w?\d*$/i.test(name.trim())) return [];
    return [{ message: `the speaker "${name.trim()}" has no name yet`, remedy: "Name the speaker." }];
  },
};

/** Shorter names are too much like other words. */
const minNameLength = 5;

const nearName: CueRule = {
  name: "near-name",
  group: "caption-accuracy",
  severity: "warning",
  check: ({ cue, facts }) => {
    const names = (facts.glossary ?? []).filter((name) => name.length >= minNameLength);
    if (names.length === 0) return [];
    const words = cueText(cue).split(/\s+/).filter(Boolean);
    return names.flatMap((name) => {
      const size = name.split(/\s+/).length;
      const wanted = name.toLowerCase();
      const allowed = Math.max(1, Math.floor(name.length / 6));
      for (let at = 0; at + size <= words.length; at++) {
        const heard = words
          .slice(at, at + size)
          .map(bare)
          .join(" ");
        if (heard === wanted.replace(/[^\p{L}\p{N}' ]/gu, "")) return [];
        if (Math.abs(heard.length - wanted.length) > allowed || heard[0] !== wanted[0]) continue;
        if (editDistance(heard, wanted) <= allowed) {
          return [{ message: `"${heard}" may be "${name}"`, remedy: "Correct the name, or tick it off." }];
        }
      }
      return [];
    });
  },
};

export const textRules: readonly CueRule[] = [doubleWord, openBracket, unknownSpeaker, nearName];
