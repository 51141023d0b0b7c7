/** Finds the code page of text that is not Unicode: by a library, and where two are alike by what reads as words. */
import { analyse } from "chardet";

/** DOS Latin 1, which browsers and Node do not decode: the characters from 80h on. */
const dosLatin1 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

/** Code pages by the name that `TextDecoder` has for them, with what people call them. */
const codePageNames = {
  "windows-1250": "Windows-1250 (Central European)",
  "windows-1251": "Windows-1251 (Cyrillic)",
  "windows-1252": "Windows-1252 (Western European)",
  "windows-1253": "Windows-1253 (Greek)",
  "windows-1254": "Windows-1254 (Turkish)",
  "windows-1255": "Windows-1255 (Hebrew)",
  "windows-1256": "Windows-1256 (Arabic)",
  "windows-1257": "Windows-1257 (Baltic)",
  "windows-1258": "Windows-1258 (Vietnamese)",
  "iso-8859-2": "ISO 8859-2 (Central European)",
  "iso-8859-5": "ISO 8859-5 (Cyrillic)",
  "iso-8859-6": "ISO 8859-6 (Arabic)",
  "koi8-r": "KOI8-R (Cyrillic)",
  gb18030: "GBK (simplified Chinese)",
  big5: "Big5 (traditional Chinese)",
  shift_jis: "Shift-JIS (Japanese)",
  "euc-jp": "EUC-JP (Japanese)",
  "iso-2022-jp": "ISO-2022-JP (Japanese)",
  "euc-kr": "EUC-KR (Korean)",
  macintosh: "Mac Roman (Western European)",
  "ibm-850": "DOS code page 850 (Western European)",
} as const;

type CodePage = keyof typeof codePageNames;

/** What the library calls a code page, where Windows has a larger one with the same letters. */
const largerCodePages: Readonly<Record<string, CodePage>> = {
  "iso-8859-1": "windows-1252",
  "iso-8859-7": "windows-1253",
  "iso-8859-8": "windows-1255",
  "iso-8859-9": "windows-1254",
};

/** Of Europe's letters: text in one of these reads nearly well in another. */
const latinCodePages: ReadonlySet<CodePage> = new Set<CodePage>([
  "windows-1250",
  "windows-1252",
  "windows-1254",
  "windows-1257",
  "windows-1258",
  "iso-8859-2",
]);

/** Of other alphabets, one byte a letter. */
const alphabetCodePages: ReadonlySet<CodePage> = new Set<CodePage>([
  "windows-1251",
  "windows-1253",
  "windows-1255",
  "windows-1256",
  "iso-8859-5",
  "iso-8859-6",
  "koi8-r",
]);

/** Less certain than this, out of 100, and nothing is known. */
const minConfidence = 15;
/** So few accents look like several languages: Western European is taken where it reads as well. */
const fewAccents = 8;
/** Enough of a file to know its language. */
const sampleBytes = 64 * 1024;

function isCodePage(name: string): name is CodePage {
  return name in codePageNames;
}

/** The rows that hold more than ASCII: times and tags say nothing of the language. */
function takeSample(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(sampleBytes);
  let length = 0;
  let from = 0;
  let isForeign = false;
  for (let index = 0; index <= bytes.length && length < sampleBytes; index++) {
    const byte = bytes[index] ?? 10;
    if (byte > 0x7f) isForeign = true;
    if (byte !== 10 && byte !== 13) continue;
    if (isForeign) {
      const row = bytes.subarray(from, Math.min(index + 1, from + sampleBytes - length));
      sample.set(row, length);
      length += row.length;
    }
    from = index + 1;
    isForeign = false;
  }
  return sample.subarray(0, length);
}

function decodeAs(codePage: CodePage, bytes: Uint8Array): string {
  if (codePage !== "ibm-850") return new TextDecoder(codePage).decode(bytes);
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += 8_192) {
    const codes = bytes.subarray(from, from + 8_192);
    parts.push(
      Array.from(codes, (code) => (code < 0x80 ? String.fromCharCode(code) : dosLatin1[code - 0x80])).join(""),
    );
  }
  return parts.join("");
}

/** Signs that Unicode counts among the letters. */
const isSign = (character: string): boolean => /[ªºµ]/.test(character);
const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /\p{L}/u.test(character) && !isSign(character);

/** How well text reads: letters inside of words speak for it, capitals and signs inside of words against it. */
function scoreWords(text: string): number {
  let score = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character <= "\x7f") continue;
    const [before, after] = [text[index - 1], text[index + 1]];
    const isInside = isLetter(before) && isLetter(after);
    if (/[\p{Cc}\p{Cn}\uFFFD]/u.test(character)) score -= 3;
    else if (/\p{Ll}|\p{Lo}/u.test(character) && !isSign(character))
      score += isLetter(before) || isLetter(after) ? 1 : 0;
    else if (/\p{Lu}/u.test(character)) score += before !== undefined && /\p{Ll}/u.test(before) ? -2 : 0.5;
    else if (character === "’" && isInside) score += 2;
    else if (/[’‘“”]/.test(character)) score += isLetter(before) || isLetter(after) ? 1 : 0;
    else if (isInside && !/[–—-]/.test(character)) score -= 2;
    else if (!/[–—…¿¡«»♪°§€£]/.test(character)) score -= 0.5;
  }
  return score;
}

/** The one that reads best; the first where two read alike. */
function findBestReading(codePages: readonly CodePage[], bytes: Uint8Array): CodePage {
  const [first = "windows-1252", ...others] = codePages;
  let best = { codePage: first, score: scoreWords(decodeAs(first, bytes)) };
  for (const codePage of others) {
    const score = scoreWords(decodeAs(codePage, bytes));
    if (score > best.score) best = { codePage, score };
  }
  return best.codePage;
}

function findCodePage(bytes: Uint8Array): CodePage {
  const sample = takeSample(bytes);
  const matches = analyse(sample).flatMap(({ name, confidence }) => {
    const lower = name.toLowerCase();
    const codePage = largerCodePages[lower] ?? lower;
    return isCodePage(codePage) && confidence >= minConfidence ? [{ codePage, confidence }] : [];
  });
  const [best] = matches;
  if (best !== undefined && alphabetCodePages.has(best.codePage)) {
    // A sentence is little for the library: letters of one alphabet are signs and gaps in another.
    const others = matches.map(({ codePage }) => codePage).filter((codePage) => alphabetCodePages.has(codePage));
    return findBestReading([...others, "windows-1251"], sample);
  }
  if (best !== undefined && !latinCodePages.has(best.codePage)) return best.codePage;
  const accents = sample.reduce((count, byte) => count + (byte > 0x7f ? 1 : 0), 0);
  const found = best?.codePage ?? "windows-1252";
  const likely = accents < fewAccents ? findBestReading(["windows-1252", found], sample) : found;
  // What the library does not know: ISO 8859-2 differs from Windows-1250 in a dozen letters; Macintosh and DOS.
  if (likely === "windows-1250" || likely === "iso-8859-2")
    return findBestReading(["windows-1250", "iso-8859-2"], sample);
  return likely === "windows-1252" ? findBestReading(["windows-1252", "macintosh", "ibm-850"], sample) : likely;
}

/** Text in a code page that was found by its letters, and what people call that code page. */
export function decodeCodePage(bytes: Uint8Array): { readonly text: string; readonly codePage: string } {
  const codePage = findCodePage(bytes);
  return { text: decodeAs(codePage, bytes), codePage: codePageNames[codePage] };
}
