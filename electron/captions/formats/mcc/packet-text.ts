/**
 * A CDP of a frame as the text of an MCC line. Six hours have 650,000 of them, so that they are put together as text,
 * with their checksum counted along.
 */
import { cdpRates } from "./cdp.ts";

/** Zero has a letter of its own. */
const byteTexts: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte === 0 ? "Z" : byte.toString(16).toUpperCase().padStart(2, "0"),
);
const toText = (byte: number): string => byteTexts[byte & 0xff] ?? "";

/** A part of a packet, and the sum of its bytes. */
export interface PacketPart {
  readonly text: string;
  readonly length: number;
  readonly sum: number;
}

export function toPacketPart(bytes: readonly number[]): PacketPart {
  return {
    text: bytes.map(toText).join(""),
    length: bytes.length,
    sum: bytes.reduce((total, byte) => total + byte, 0),
  };
}

/** Triplets that are valid, by what they carry, and padding. */
const marker = { field1: 0xfc, field2: 0xfd, packetData: 0xfe, packetStart: 0xff, padding: 0xfa };
/** What line 21 sends where there is nothing to send. */
const noData = 0x8080;
const paddingLetters = " GHIJKLMNO";

/**
 * The triplets of a frame: a word of each field of line 21, with parity, and a DTVCC packet; then padding.
 * @param packet bytes in pairs; empty: none
 * @param count of triplets
 */
export function formatTriplets(field1: number, field2: number, packet: readonly number[], count: number): PacketPart {
  let text = "";
  let sum = 0;
  const add = (first: number, word: number): void => {
    const isLetter = word === noData && first !== marker.packetData && first !== marker.packetStart;
    text += isLetter ? (first === marker.field1 ? "Q" : "R") : toText(first) + toText(word >> 8) + toText(word);
    sum += first + (word >> 8) + (word & 0xff);
  };
  add(marker.field1, field1 === 0 ? noData : field1);
  add(marker.field2, field2 === 0 ? noData : field2);
  for (let at = 0; at < packet.length; at += 2) {
    add(at === 0 ? marker.packetStart : marker.packetData, ((packet[at] ?? 0) << 8) | (packet[at + 1] ?? 0));
  }
  const padding = count - 2 - packet.length / 2;
  text += "O".repeat(Math.floor(padding / 9)) + (paddingLetters[padding % 9] ?? "").trim();
  return { text, length: count * 3, sum: sum + padding * marker.padding };
}

/** Captions are active, and the reserved bit; then which sections there are. */
const flags = { always: 0x03, triplets: 0x40, services: 0x3c };

export interface CdpContent {
  /** One of `cdpRates`. */
  readonly rate: (typeof cdpRates)[number];
  /** Counts packets; 16 bits. */
  readonly sequence: number;
  readonly triplets: PacketPart;
  /** Section that says which caption services there are; absent: left out. */
  readonly services: PacketPart | undefined;
}

/** The text of an ANC packet: header, triplets, services, footer, checksums. */
export function formatCdp({ rate, sequence, triplets, services }: CdpContent): string {
  const length = 7 + 2 + triplets.length + (services?.length ?? 0) + 4;
  const rateByte = (cdpRates.indexOf(rate) << 4) | 0x0f;
  const flagByte = flags.always | flags.triplets | (services === undefined ? 0 : flags.services);
  const countByte = 0xe0 | (triplets.length / 3);
  const counter = (sequence >> 8) + (sequence & 0xff);
  const fixed = 0x96 + 0x69 + 0x72 + 0x74;
  const total = fixed + length + rateByte + flagByte + countByte + 2 * counter + triplets.sum + (services?.sum ?? 0);
  const counterText = toText(sequence >> 8) + toText(sequence);
  return [
    `T${toText(length)}S${toText(length)}${toText(rateByte)}${toText(flagByte)}${counterText}`,
    `72${toText(countByte)}${triplets.text}${services?.text ?? ""}`,
    // The bytes of a CDP add up to zero, so that those of the ANC packet are its own three.
    `74${counterText}${toText(-total)}${toText(0x61 + 0x01 + length)}`,
  ].join("");
}

/**
 * The section of caption services: line 21, and service 1 of CEA-708 in a language.
 * @param language three letters of ISO 639-2
 */
export function formatServices(language: string): PacketPart {
  const letters = [...language].map((letter) => letter.charCodeAt(0));
  const line21 = [0xe0, ...letters, 0x7e, 0x3f, 0xff];
  const service1 = [0xe1, ...letters, 0xc1, 0x3f, 0xff];
  return toPacketPart([0x73, 0xf2, ...line21, ...service1]);
}
