/** Says what a file looks like that is of no known caption format, and what to do with it. */

/** What a file begins with. */
interface Signature {
  /** Bytes in hexadecimal, `..` for any. */
  readonly bytes: string;
  readonly at?: number;
  readonly what: string;
}

const video = "a video; transcribe it, or take its captions out of it with the program that made them";
const sound = "a sound recording; transcribe it";
const picture = "a picture";
const pictures =
  "captions that are pictures, not text; export them as text from the program that made them, or transcribe the recording";
const archive = "an archive; unpack it, and take the caption file out of it";
const office =
  "a document of an office program; save it as plain text with the times of the captions, or export captions";

/** The more exact ones first. */
const signatures: readonly Signature[] = [
  { bytes: "25504446", what: "a PDF document; it has no captions with times" },
  { bytes: "7b5c727466", what: office },
  { bytes: "d0cf11e0", what: office },
  { bytes: "504b0304", what: "a document of an office program, or an archive; save it as plain text, or unpack it" },
  { bytes: "1f8b", what: archive },
  { bytes: "377abcaf271c", what: archive },
  { bytes: "526172211a07", what: archive },
  { bytes: "fd377a585a00", what: archive },
  { bytes: "89504e47", what: picture },
  { bytes: "ffd8ff", what: picture },
  { bytes: "47494638", what: picture },
  { bytes: "424d", what: picture },
  { bytes: "49492a00", what: picture },
  { bytes: "4d4d002a", what: picture },
  { bytes: "5047........................16", what: pictures },
  { bytes: "5047", what: pictures },
  { bytes: "000001ba", what: `a video, or ${pictures}` },
  { bytes: "66747970", at: 4, what: video },
  { bytes: "6d6f6f76", at: 4, what: video },
  { bytes: "6d646174", at: 4, what: video },
  { bytes: "1a45dfa3", what: video },
  { bytes: "52494646........41564920", what: video },
  { bytes: "52494646........57415645", what: sound },
  { bytes: "060e2b34", what: video },
  { bytes: "3026b275", what: video },
  { bytes: "464c56", what: video },
  { bytes: "4f676753", what: "a recording; transcribe it" },
  { bytes: "494433", what: sound },
  { bytes: "664c6143", what: sound },
  { bytes: "fffb", what: sound },
  { bytes: "53514c69746520666f726d6174", what: "a database" },
  { bytes: "7f454c46", what: "a program" },
  { bytes: "4d5a", what: "a program" },
];

function matches(bytes: Uint8Array, { bytes: pattern, at = 0 }: Signature): boolean {
  for (let index = 0; index < pattern.length / 2; index++) {
    const pair = pattern.slice(index * 2, index * 2 + 2);
    if (pair !== ".." && bytes[at + index] !== Number.parseInt(pair, 16)) return false;
  }
  return true;
}

/** MPEG transport streams have a packet every 188 bytes, each with the same first byte. */
const isTransportStream = (bytes: Uint8Array): boolean =>
  [0, 188, 376].every((at) => bytes[at] === 0x47) || [4, 196, 388].every((at) => bytes[at] === 0x47);

function describeBytes(bytes: Uint8Array): string | undefined {
  if (isTransportStream(bytes)) return video;
  return signatures.find((signature) => matches(bytes, signature))?.what;
}

interface TextKind {
  readonly pattern: RegExp;
  readonly what: string;
}

const project = "a project of an editing program; export the captions from that program as SCC, SRT or WebVTT";

const textKinds: readonly TextKind[] = [
  { pattern: /^#\s*VobSub index file/i, what: pictures },
  { pattern: /^(?:<\?xml[^>]{0,200}>\s*)?<BDN\b/i, what: pictures },
  { pattern: /^st_format\b|^SP_NUMBER\b/im, what: pictures },
  { pattern: /^#EXTM3U/, what: "a playlist; the captions are in the files that it lists" },
  { pattern: /^#!/, what: "a script" },
  {
    pattern: /^<(?:!doctype\s+html|html)\b/i,
    what: "a web page; save the caption file itself, not the page that shows it",
  },
  { pattern: /^(?:<\?xml[^>]{0,200}>\s*)?(?:<!DOCTYPE[^>]{0,200}>\s*)?<(?:fcpxml|xmeml|project)\b/i, what: project },
  { pattern: /^TITLE:.*\n(?:\s*FCM:|\s*\d{3,6}\s)/i, what: "an edit decision list; it has cuts, not captions" },
  {
    pattern: /^(?:From|Return-Path|Received|Delivered-To):\s/i,
    what: "an e-mail; save the file that is attached to it",
  },
  { pattern: /^[[{]/, what: "JSON of another program; export SRT or WebVTT from that program" },
];

/** The name of the root element of an XML file. */
function findRootName(text: string): string | undefined {
  return /^<(?:\?xml|!--|!DOCTYPE|[\w:-]{1,40}[\s/>])/i.test(text)
    ? /<([A-Za-z][\w:.-]{0,40})[\s/>]/.exec(text)?.[1]
    : undefined;
}

/** Share of characters that text does not have: control characters, and what could not be decoded. */
function countUnprintable(text: string): number {
  let count = 0;
  for (const character of text) if (/[\p{Cc}\p{Cn}\p{Co}\uFFFD]/u.test(character) && !/\s/.test(character)) count++;
  return count / Math.max(1, text.length);
}

function describeText(text: string): string {
  const kind = textKinds.find(({ pattern }) => pattern.test(text));
  if (kind !== undefined) return kind.what;
  const root = findRootName(text);
  if (root !== undefined)
    return `XML of another kind (<${root}>); export TTML, SRT or WebVTT from the program that made it`;
  if (countUnprintable(text) > 0.1) return "a file that is not text";
  const isTimed = /(?:^|[^\d:])\d{1,2}:\d{2}(?::\d{2})?(?:[^\d]|$)/.test(text);
  const asked = "a caption has a line with its start and its end, such as 00:00:01,000 --> 00:00:03,000";
  return isTimed ? `text with times in an order that is not known; ${asked}` : `text without times; ${asked}`;
}

/** Enough of a file to see what it is. */
const startLength = 4_096;

/**
 * Describes a file of no known format; ends the sentence "<file>: …".
 * @param text as it was decoded
 * @param bytes of the file, where they are at hand
 */
export function describeUnknown(text: string, bytes?: Uint8Array): string {
  const start = text.slice(0, startLength).replace(/^\uFEFF/, "");
  const first =
    bytes?.subarray(0, startLength) ?? Uint8Array.from(start, (character) => character.charCodeAt(0) & 0xff);
  if ((bytes?.length ?? text.length) === 0) return "the file is empty";
  if (/^\0+$/.test(text)) return "the file has zeros only: it was not copied to its end; copy it again";
  if (start.trim() === "") return "the file has blanks only";
  return `there are no captions in this file: it looks like ${describeBytes(first) ?? describeText(start.trimStart())}`;
}
