/** What of a caption's text is said, and what describes a sound. */

/** `[applause]`, `(laughter)`. */
const label = /\[[^\]]*\]|\([^)]*\)/gu;
/** Recognizers write these where they hear nothing: they describe no sound. */
const emptyLabel = /^[[(]\s*(blank[_ ]audio|silence|no (audio|speech|sound)|pause)\s*[\])]$/iu;
/** `>> MAYOR SMITH:` and `- `: who speaks, which nobody says. */
const speaker = /^\s*(>{2,3}|[-–—])?\s*(\p{Lu}[\p{Lu}\d .'’-]*:)?/u;
/** Writing without spaces between words: each character counts, which is near enough. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** `[applause]`, `♪ music ♪`: a caption of sounds alone. */
export function isSoundLabel(text: string): boolean {
  return /^\s*(\[[^\]]*\]|\([^)]*\)|♪.*)\s*$/u.test(text);
}

/** True where a part of the text describes a sound that is there to be heard: `[laughter] Thank you.` */
export function describesSound(text: string): boolean {
  if (/[♪♫]/u.test(text)) return true;
  return (text.match(label) ?? []).some((each) => !emptyLabel.test(each));
}

/** How many words of a caption somebody says. @param lines rows of the caption */
export function countSpokenWords(lines: readonly string[]): number {
  let count = 0;
  for (const line of lines) {
    const said = line.replace(label, " ").replace(/♪.*$/u, " ").replace(speaker, " ");
    count += said.match(unspaced)?.length ?? 0;
    for (const word of said.replace(unspaced, " ").split(/\s+/u)) if (/[\p{L}\p{N}]/u.test(word)) count++;
  }
  return count;
}
