/**
 * The character code tables of EBU Tech 3264, Appendix 2: Latin with floating accents (ISO 6937), Cyrillic, Arabic,
 * Greek and Hebrew (parts 5 to 8 of ISO 8859).
 */

/** Number of a code table, as the file states it. */
export type CodeTable = "00" | "01" | "02" | "03" | "04";

/** Latin, A0h to BFh and D0h to FFh; a space is a code without a character. */
const latinLow = "\u00a0¡¢£$¥ §¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿";
const latinHigh = "—¹®©™♪¬¦    ⅛⅜⅝⅞ΩÆÐªĦ ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u00ad";

/** C1h to CFh: accents that stand before their letter, as Unicode's combining marks. */
const accents = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0308\u030a\u0327\u0332\u030b\u0328\u030c";
const firstAccent = 0xc1;

function addRange(table: Map<number, string>, firstByte: number, text: string): void {
  [...text].forEach((character, index) => {
    if (character !== " ") table.set(firstByte + index, character);
  });
}

/** Characters in the order of Unicode. */
function addCodePoints(table: Map<number, string>, firstByte: number, lastByte: number, codePoint: number): void {
  for (let byte = firstByte; byte <= lastByte; byte++) {
    table.set(byte, String.fromCodePoint(codePoint + byte - firstByte));
  }
}

function createTable(fill: (table: Map<number, string>) => void): ReadonlyMap<number, string> {
  const table = new Map<number, string>();
  addCodePoints(table, 0x20, 0x7e, 0x20);
  fill(table);
  return table;
}

const tables: Readonly<Record<CodeTable, ReadonlyMap<number, string>>> = {
  "00": createTable((table) => {
    addRange(table, 0xa0, latinLow);
    addRange(table, 0xd0, latinHigh);
  }),
  "01": createTable((table) => {
    addCodePoints(table, 0xa0, 0xa0, 0xa0);
    addCodePoints(table, 0xa1, 0xff, 0x401);
    addRange(table, 0xad, "\u00ad");
    addRange(table, 0xf0, "№");
    addRange(table, 0xfd, "§");
  }),
  "02": createTable((table) => {
    addRange(table, 0xa0, "\u00a0   ¤       ،\u00ad");
    addRange(table, 0xbb, "؛   ؟");
    addCodePoints(table, 0xc1, 0xda, 0x621);
    addCodePoints(table, 0xe0, 0xf2, 0x640);
  }),
  "03": createTable((table) => {
    addRange(table, 0xa0, "\u00a0‘’£€₯¦§¨©ͺ«¬\u00ad ―°±²³΄΅Ά·ΈΉΊ»Ό½");
    addCodePoints(table, 0xbe, 0xd1, 0x38e);
    addCodePoints(table, 0xd3, 0xfe, 0x3a3);
  }),
  "04": createTable((table) => {
    addRange(table, 0xa0, "\u00a0 ¢£¤¥¦§¨©×«¬\u00ad®¯°±²³´µ¶·¸¹÷»¼½¾");
    addRange(table, 0xdf, "‗");
    addCodePoints(table, 0xe0, 0xfa, 0x5d0);
    addCodePoints(table, 0xfd, 0xfe, 0x200e);
  }),
};

/** The code table of a number in a file; undefined when there is none of it. */
export function findCodeTable(number: string): CodeTable | undefined {
  return number in tables ? (number as CodeTable) : undefined;
}

/** Decodes the characters of a text, without control codes. A byte without a character becomes U+FFFD. */
export function decodeStlText(bytes: readonly number[], table: CodeTable): string {
  const characters = tables[table];
  let text = "";
  let accent = "";
  for (const byte of bytes) {
    const mark = table === "00" ? accents[byte - firstAccent] : undefined;
    if (mark !== undefined) {
      accent = mark;
      continue;
    }
    // An accent that stands alone is sent with a space.
    text += (characters.get(byte) ?? "\uFFFD") + accent;
    accent = "";
  }
  return text.normalize("NFC");
}

const latinCodes: ReadonlyMap<string, number> = new Map(
  // The first code of a character counts: the dollar sign is in the table twice.
  [...tables["00"]].toReversed().map(([byte, character]) => [character, byte]),
);

/** Spellings of characters that the Latin table has no code for. */
const spellings: Readonly<Record<string, string>> = {
  "–": "—",
  "…": "...",
  "‚": ",",
  "„": "“",
  "‹": "<",
  "›": ">",
  "•": "·",
  "€": "EUR",
  "♫": "♪",
  "−": "-",
  "‐": "-",
  "‑": "-",
  Đ: "Ð",
  "\u200b": "",
  "\ufeff": "",
};

/** @returns the bytes of a character in the Latin table; undefined when it has none */
function encodeLatin(character: string): readonly number[] | undefined {
  const code = latinCodes.get(character);
  if (code !== undefined) return [code];
  const [letter = "", mark = "", ...rest] = character.normalize("NFD");
  const accent = accents.indexOf(mark);
  const base = latinCodes.get(letter);
  if (base === undefined || mark === "" || accent === -1 || rest.length > 0) return undefined;
  return [firstAccent + accent, base];
}

/** Encodes a text in the Latin table; what has no code in it becomes its nearest spelling, or a question mark. */
export function encodeStlText(text: string): readonly number[] {
  return [...text.normalize("NFC")].flatMap((character) => {
    const spelling = spellings[character];
    const known = encodeLatin(character);
    if (known !== undefined) return known;
    if (spelling !== undefined) return [...spelling].flatMap((one) => encodeLatin(one) ?? []);
    const plain = latinCodes.get(character.normalize("NFKD")[0] ?? "");
    return [plain ?? 0x3f];
  });
}
