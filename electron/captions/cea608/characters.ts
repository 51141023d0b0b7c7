/**
 * The CEA-608 character set (README.md, "Characters"). Basic characters are one byte; special ones have their own code;
 * extended ones replace the character before them, so a plain letter is sent first for decoders that lack the extended
 * set.
 */

/** The code of one character. */
export type CharacterCode =
  | { readonly kind: "basic"; readonly byte: number }
  | { readonly kind: "special"; readonly word: number }
  | { readonly kind: "extended"; readonly word: number; readonly fallback: number };

/** Basic set: ASCII except for these (20h–7Eh). Positions not listed are ASCII. */
const basicExceptions: ReadonlyArray<readonly [number, string]> = [
  [0x2a, "á"],
  [0x5c, "é"],
  [0x5e, "í"],
  [0x5f, "ó"],
  [0x60, "ú"],
  [0x7b, "ç"],
  [0x7c, "÷"],
  [0x7d, "Ñ"],
  [0x7e, "ñ"],
  [0x7f, "█"],
];

/** 1130h–113Fh. 1139h is the transparent space. */
const special = "®°½¿™¢£♪à\u00a0èâêîôû";

/** 1220h–123Fh, each with the fallback character that is sent before it. */
const extendedFirst = "ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»";
const extendedFirstFallback = 'AEOUUu\'!#\'-Cs.""AACEEEeIIiOUuU""';

/** 1320h–133Fh, each with the fallback character that is sent before it. */
const extendedSecond = "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤│ÅåØø┌┐└┘";
const extendedSecondFallback = "AaIIiOoOo()/'-/-AaOosYX/AaOo++++";

const encoding = new Map<string, CharacterCode>();
const decoding = new Map<number, string>();

for (let byte = 0x20; byte < 0x7f; byte++) {
  const character = String.fromCharCode(byte);
  if (basicExceptions.some(([position]) => position === byte)) continue;
  encoding.set(character, { kind: "basic", byte });
  decoding.set(byte, character);
}
for (const [byte, character] of basicExceptions) {
  encoding.set(character, { kind: "basic", byte });
  decoding.set(byte, character);
}
[...special].forEach((character, index) => {
  encoding.set(character, { kind: "special", word: 0x1130 + index });
  decoding.set(0x1130 + index, character);
});
const addExtended = (characters: string, fallbacks: string, base: number): void => {
  [...characters].forEach((character, index) => {
    decoding.set(base + index, character);
    // The apostrophe (1229h) also has a basic code, which every decoder shows.
    if (encoding.has(character)) return;
    encoding.set(character, {
      kind: "extended",
      word: base + index,
      fallback: fallbacks.charCodeAt(index),
    });
  });
};
addExtended(extendedFirst, extendedFirstFallback, 0x1220);
addExtended(extendedSecond, extendedSecondFallback, 0x1320);

/** The code of a character, or undefined when CEA-608 has no code for it. */
export function characterCode(character: string): CharacterCode | undefined {
  return encoding.get(character);
}

/** The character of a basic byte, or of a special or extended word (first channel, no parity). */
export function decodeCharacter(code: number): string | undefined {
  return decoding.get(code);
}

/** True for a word that is one special character (1130h–113Fh). */
export function isSpecialWord(word: number): boolean {
  return word >= 0x1130 && word <= 0x113f;
}

/** True for a word that replaces the character before it (1220h–123Fh, 1320h–133Fh). */
export function isExtendedWord(word: number): boolean {
  return (word >= 0x1220 && word <= 0x123f) || (word >= 0x1320 && word <= 0x133f);
}
