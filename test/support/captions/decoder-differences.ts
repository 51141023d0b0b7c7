/**
 * Differences of other decoders from ours that are errors of theirs (electron/captions/cea608/README.md, "Where
 * decoders differ"). Everything that is not in these tables must agree.
 */

/** hls.js shows another glyph for the same code: it uses look-alikes from other blocks of Unicode. */
export const hlsGlyphs: Readonly<Record<string, string>> = {
  // 27h is an apostrophe in the standard; three decoders show a curly one.
  "’": "'",
  // 132Fh is a tilde; U+223C is the operator.
  "∼": "~",
  // 1337h to 133Fh are a bar and corners; hls.js uses the heavy ones for their appearance.
  "┃": "│",
  "┏": "┌",
  "┓": "┐",
  "┗": "└",
  "┛": "┘",
};

/** FFmpeg: differences of its SRT writer and its decoder, not in the text of the file. */
export const ffmpegDifferences: readonly (readonly [shown: RegExp, meant: string, why: string])[] = [
  [/\\h/g, " ", "a hard space in SubStation's notation, which its SRT writer passes on"],
  [/\{\\an\d\}/g, "", "the position, as SubStation writes it"],
  [/’/g, "'", "27h is curled"],
];
