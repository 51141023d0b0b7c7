/**
 * Writes MCC files: a packet for every frame, with the word of line 21 that an SCC file has for it, and service 1 of
 * CEA-708 beside it.
 */
import { addParity } from "../../cea608/parity.ts";
import type { CueProfile } from "../../quality/caption-profile.ts";
import { decodeScc } from "../../scc/decode.ts";
import { encodeScc } from "../../scc/encode.ts";
import { parseScc } from "../../scc/file.ts";
import { frameRates } from "../../time/frame-rate.ts";
import { dropFrameStyle, formatTimecode, type TimecodeStyle, timecodeToFrame } from "../../time/timecode.ts";
import type { CaptionContent, WriteOptions } from "../caption-format.ts";
import type { cdpRates } from "./cdp.ts";
import { formatDtvccPacket } from "./dtvcc.ts";
import { formatHeader } from "./header.ts";
import { formatCdp, formatServices, formatTriplets } from "./packet-text.ts";
import { scheduleService } from "./service.ts";

type FileRate = keyof typeof frameRates;

/** Triplets of a packet, which fill the rate of 9,600 bits a second (SMPTE 334-2, Table 3). */
const tripletCounts: Readonly<Record<FileRate, number>> = { "23.976": 25, "24": 25, "25": 24, "29.97": 20, "30": 20 };

/** The word of each frame, as an SCC file has them. Labels that begin again at midnight belong to the next day. */
function listWords(scc: string, { rate }: TimecodeStyle): ReadonlyMap<number, number> {
  const words = new Map<number, number>();
  const dayFrames = timecodeToFrame({ hours: 24, minutes: 0, seconds: 0, frames: 0, dropFrame: false }, rate);
  let first = 0;
  for (const line of parseScc(scc).lines) {
    const label = timecodeToFrame(line.timecode, rate);
    first = label < first - dayFrames / 2 ? label + dayFrames : label;
    line.words.forEach((word, index) => {
      words.set(first + index, word);
    });
  }
  return words;
}

/** ISO 639-2 for the languages of ISO 639-1 that stations here meet. */
const languages: Readonly<Record<string, string>> = {
  en: "eng",
  es: "spa",
  fr: "fre",
  de: "ger",
  pt: "por",
  it: "ita",
  nl: "dut",
  pl: "pol",
  ru: "rus",
  zh: "chi",
  vi: "vie",
  ko: "kor",
  ja: "jpn",
  tl: "tgl",
  ar: "ara",
};

/** The text of an MCC file. */
export function formatMcc(content: CaptionContent, profile: CueProfile, { line21, date }: WriteOptions): string {
  const timecode = line21?.timecode ?? dropFrameStyle;
  const { rate } = timecode;
  const channel = line21?.channel ?? 1;
  const rateName = (Object.keys(frameRates) as FileRate[]).find(
    (name) => frameRates[name].numerator === rate.numerator && frameRates[name].denominator === rate.denominator,
  );
  const cdpRate: (typeof cdpRates)[number] = rateName ?? "29.97";
  const scc = encodeScc(content.cues, { profile, ...line21 }).text;
  const words = listWords(scc, timecode);
  const service = scheduleService(decodeScc(parseScc(scc), { rate, channel }));
  const start = Math.min(line21?.startFrame ?? 0, ...[...words.keys()].slice(0, 1));
  const last = Math.max(start, [...words.keys()].at(-1) ?? start, [...service.keys()].at(-1) ?? start);
  const services = formatServices(languages[content.language?.slice(0, 2).toLowerCase() ?? "en"] ?? "und");
  const count = tripletCounts[rateName ?? "29.97"];
  const idle = formatTriplets(0, 0, [], count);
  const lines: string[] = [];
  let packets = 0;
  for (let frame = start; frame <= last; frame++) {
    const bytes = service.get(frame) ?? [];
    const packet = bytes.length === 0 ? [] : formatDtvccPacket(packets++, bytes);
    const word = words.get(frame) ?? 0;
    const sent = word === 0 ? 0 : addParity(word);
    const [field1, field2] = channel <= 2 ? [sent, 0] : [0, sent];
    const isIdle = sent === 0 && packet.length === 0;
    const triplets = isIdle ? idle : formatTriplets(field1, field2, packet, count);
    const sequence = (frame - start) & 0xffff;
    // Once a second is what CEA-708 asks for.
    const isServicesDue = (frame - start) % rate.nominal === 0;
    const cdp = formatCdp({ rate: cdpRate, sequence, triplets, services: isServicesDue ? services : undefined });
    // A colon also where labels are drop-frame, which the head says: other readers need it.
    const label = formatTimecode(frame, timecode).replace(";", ":");
    lines.push(`${label}\t${cdp}`);
  }
  const header = formatHeader({
    text: scc,
    date: date ?? new Date(0),
    rate: `${rate.nominal}${timecode.dropFrame ? "DF" : ""}`,
  });
  return `${[...header, ...lines].join("\r\n")}\r\n`;
}
