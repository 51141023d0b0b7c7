/** Decodes text files of unknown encoding: UTF-8, UTF-16 and UTF-32 with or without a byte-order mark, else a code page. */
import { decodeCodePage } from "./code-pages.ts";

export interface DecodedText {
  readonly text: string;
  /** What people call the code page, where the text is not Unicode and it had to be guessed. */
  readonly codePage?: string;
}

/** How many bytes are examined to detect zeros of wide characters. */
const sampleBytes = 64 * 1024;

type WideEncoding = "utf-16le" | "utf-16be" | "utf-32le" | "utf-32be";

const marks: readonly (readonly [WideEncoding, readonly number[]])[] = [
  // Before UTF-16, whose mark it begins with.
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Detects wide characters without a mark: the digits and line ends of a file have zeros at the same place of each
 * character, and nothing else has.
 */
function findUnmarkedWide(bytes: Uint8Array): WideEncoding | undefined {
  const sample = bytes.subarray(0, Math.min(sampleBytes, bytes.length - (bytes.length % 4)));
  if (sample.length < 4) return undefined;
  const zeros: [number, number, number, number] = [0, 0, 0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[(index % 4) as 0 | 1 | 2 | 3]++;
  });
  const quarter = sample.length / 4;
  const [first, second, third, fourth] = zeros.map((count) => count / quarter) as [number, number, number, number];
  if (fourth === 1 && third > 0.9 && first < 0.1) return "utf-32le";
  if (first === 1 && second > 0.9 && fourth < 0.1) return "utf-32be";
  const even = first + third;
  const odd = second + fourth;
  // Zero bytes of a hole in a copy are at all places alike.
  if (odd > 0.2 && even < 0.05 * odd) return "utf-16le";
  return even > 0.2 && odd < 0.05 * even ? "utf-16be" : undefined;
}

function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, isLittleEndian);
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    parts.push(isCharacter ? String.fromCodePoint(code) : "\uFFFD");
  }
  return parts.join("");
}

function decodeWide(encoding: WideEncoding, bytes: Uint8Array): string {
  if (encoding === "utf-32le" || encoding === "utf-32be") return decodeUtf32(bytes, encoding === "utf-32le");
  return new TextDecoder(encoding).decode(bytes);
}

/** True when text is UTF-8 with a few broken bytes: more valid sequences than broken ones. */
function isMostlyUtf8(text: string): boolean {
  let broken = 0;
  let whole = 0;
  for (const character of text) {
    if (character === "\uFFFD") broken++;
    else if (character > "\x7f") whole++;
  }
  return whole > broken;
}

/** Decodes the bytes of a file. Never fails: what is no character of its encoding becomes U+FFFD. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const wide = marked ?? findUnmarkedWide(bytes);
  if (wide !== undefined) return { text: decodeWide(wide, bytes).replace(/^\uFEFF/, "") };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder("utf-8").decode(bytes);
    return isMostlyUtf8(text) ? { text } : decodeCodePage(bytes);
  }
}
