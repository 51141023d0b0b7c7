/** Reads MCC files: the captions of line 21 in their packets. */
import type { Channel } from "../../cea608/codes.ts";
import { hasOddParity, stripParity } from "../../cea608/parity.ts";
import { createIssue, type Issue } from "../../quality/issue.ts";
import { type DecodedCaption, decodeWords, findProgramStart } from "../../scc/decode.ts";
import { type FrameRate, frameRates } from "../../time/frame-rate.ts";
import { type Timecode, timecodeToFrame } from "../../time/timecode.ts";
import type { ReadContent } from "../caption-format.ts";
import { NotCaptionsError } from "../not-captions.ts";
import { ReadNotes } from "../read-notes.ts";
import { type SccReadOptions, toLine21Content } from "../scc-read.ts";
import { isCaptionPacket, parseCdp } from "./cdp.ts";
import { type MccHeader, parseMccHeader, readMccLines } from "./file.ts";

/** A word of line 21 without parity, and the frame on which it is sent. */
type SentWord = readonly [frame: number, word: number];

const exactRates: Readonly<Record<string, FrameRate>> = {
  ...frameRates,
  "50": { numerator: 50, denominator: 1, nominal: 50 },
  "59.94": { numerator: 60_000, denominator: 1001, nominal: 60 },
  "60": { numerator: 60, denominator: 1, nominal: 60 },
};

/** Drop-frame at 60 leaves out four labels a minute; at 30 it is what other files have. */
function toFrame(timecode: Timecode, rate: FrameRate, dropFrame: boolean): number {
  const frame = timecodeToFrame({ ...timecode, dropFrame }, rate);
  if (!dropFrame || rate.nominal !== 60) return frame;
  const minutes = timecode.hours * 60 + timecode.minutes;
  return frame - 4 * (minutes - Math.floor(minutes / 10));
}

/** The rate of the labels: as asked for or as the packets say, where that counts as many labels a second. */
function findRate(header: MccHeader, packets: string | undefined, asked: FrameRate | undefined): FrameRate {
  const stated = exactRates[packets ?? ""];
  return [asked, stated].find((rate) => rate?.nominal === header.rate.nominal) ?? header.rate;
}

/** Leaves out extended data services, which share field 2 with captions: from a code of 01h to 0Eh to one of 0Fh. */
function* withoutDataServices(words: readonly SentWord[]): Generator<SentWord> {
  let isData = false;
  for (const sent of words) {
    const first = sent[1] >> 8;
    if (first >= 0x10 && first <= 0x1f) isData = false;
    else if (first >= 0x01 && first <= 0x0e) isData = true;
    if (!isData && first !== 0x0f) yield sent;
    if (first === 0x0f) isData = false;
  }
}

interface FoundWords {
  /** How labels count: as the packets say. */
  readonly rate: FrameRate;
  readonly first: Timecode | undefined;
  readonly fields: readonly [readonly SentWord[], readonly SentWord[]];
  readonly hasCea708: boolean;
  readonly issues: readonly Issue[];
}

/** Half a day: a label that is so much earlier than the one before it belongs to the next day. */
const halfDaySeconds = 43_200;

class MccWords {
  readonly #header: MccHeader;
  readonly #asked: FrameRate | undefined;
  readonly #fields: [SentWord[], SentWord[]] = [[], []];
  readonly #notes = new ReadNotes();
  #rate: FrameRate | undefined;
  #first: Timecode | undefined;
  #hasCea708 = false;
  #dayFrames = 0;
  #last = 0;
  #counts = { damaged: 0, checksum: 0, parity: 0 };

  constructor(header: MccHeader, asked: FrameRate | undefined) {
    this.#header = header;
    this.#asked = asked;
  }

  collect(text: string): FoundWords {
    for (const { number, text: row, timecode, packet } of readMccLines(text)) {
      if (timecode !== undefined && packet !== undefined) this.#packet(timecode, packet);
      else this.#notes.addUnreadable(`this is no packet: ${row.trim().slice(0, 80)}`, number);
    }
    for (const words of this.#fields) words.sort(([a], [b]) => a - b);
    return {
      rate: this.#rate ?? findRate(this.#header, undefined, this.#asked),
      first: this.#first,
      fields: this.#fields,
      hasCea708: this.#hasCea708,
      issues: [...this.#notes.issues(), ...this.#listCounts()],
    };
  }

  #packet(timecode: Timecode, packet: Uint8Array): void {
    const cdp = parseCdp(packet);
    if (cdp === undefined) {
      if (isCaptionPacket(packet)) this.#counts.damaged++;
      return;
    }
    this.#rate ??= findRate(this.#header, cdp.rate, this.#asked);
    this.#first ??= timecode;
    if (!cdp.isChecksumRight) this.#counts.checksum++;
    const label = toFrame(timecode, this.#rate, this.#header.dropFrame);
    const halfDay = halfDaySeconds * this.#rate.nominal;
    if (label + this.#dayFrames < this.#last - halfDay) this.#dayFrames += 2 * halfDay;
    this.#last = label + this.#dayFrames;
    for (const [type, sent] of cdp.triplets) {
      if (type >= 2) this.#hasCea708 ||= sent !== 0;
      else this.#word(type === 0 ? 0 : 1, sent);
    }
  }

  #word(field: 0 | 1, sent: number): void {
    const word = stripParity(sent);
    if (word !== 0 && !hasOddParity(sent)) this.#counts.parity++;
    const words = this.#fields[field];
    // One null says as much as many.
    if (word !== 0 || words.at(-1)?.[1] !== 0) words.push([this.#last, word]);
  }

  #listCounts(): readonly Issue[] {
    const { damaged, checksum, parity } = this.#counts;
    return [
      ...(damaged > 0 ? [createIssue("unreadable", `${damaged} × a packet of captions that is damaged`)] : []),
      ...(checksum > 0 ? [createIssue("checksum", `${checksum} × a packet with a wrong checksum`)] : []),
      ...(parity > 0 ? [createIssue("parity", `${parity} × a word with wrong parity`)] : []),
    ];
  }
}

/** Channels by the field that they are sent in: some encoders send the codes of field 1 in field 2 as well. */
function decodeFields([first, second]: FoundWords["fields"]): ReadonlyMap<Channel, readonly DecodedCaption[]> {
  const inSecond = [...decodeWords(withoutDataServices(second))].map(
    ([channel, captions]) => [channel <= 2 ? ((channel + 2) as Channel) : channel, captions] as const,
  );
  return new Map([...decodeWords(first), ...inSecond].toSorted(([a], [b]) => a - b));
}

/**
 * Reads an MCC file.
 * @throws NotCaptionsError when it has no captions of line 21
 */
export function readMcc(text: string, options: SccReadOptions): ReadContent {
  const header = parseMccHeader(text);
  const { rate, first, fields, hasCea708, issues } = new MccWords(header, options.rate).collect(text);
  const channels = decodeFields(fields);
  if (channels.size === 0) {
    throw new NotCaptionsError(
      hasCea708
        ? "this MCC file has CEA-708 captions only, without the CEA-608 captions that Archivist reads; export it again with both"
        : "this MCC file has no captions",
    );
  }
  const { dropFrame } = header;
  const lines = first === undefined ? [] : [{ timecode: { ...first, dropFrame } }];
  const line21 = {
    channels,
    words: fields.flat().map(([, word]) => word),
    dropFrame,
    suggestedStart: findProgramStart({ lines }, rate),
  };
  const content = toLine21Content(line21, { ...options, rate });
  return { ...content, words: [], issues: [...content.issues, ...issues] };
}
