/**
 * Caption distribution packets (SMPTE 334-2): what an ANC packet of captions holds. A frame's captions are triplets of
 * a marker and two bytes: types 0 and 1 are the two fields of line 21, 2 and 3 go on with and begin a DTVCC packet of
 * CEA-708.
 */

/** Frame rates of a packet, by their number. */
export const cdpRates = ["", "23.976", "24", "25", "29.97", "30", "50", "59.94", "60"] as const;

export interface Cdp {
  /** One of `cdpRates`, or empty. */
  readonly rate: (typeof cdpRates)[number];
  /** Triplets that are valid: type 0 to 3, and the two bytes as one word. */
  readonly triplets: readonly (readonly [type: number, word: number])[];
  readonly isChecksumRight: boolean;
}

/** True for a packet of captions (SMPTE 334-1); others hold time, aspect ratio, …. */
export function isCaptionPacket(packet: Uint8Array): boolean {
  return packet[0] === 0x61 && packet[1] === 0x01;
}

function sum(bytes: Uint8Array): number {
  let total = 0;
  for (const byte of bytes) total += byte;
  return total & 0xff;
}

/** Where the triplets of a packet begin, and how many there are. */
function findTriplets(cdp: Uint8Array): { readonly from: number; readonly count: number } {
  // The header has seven bytes, and a timecode section five.
  const from = cdp[7] === 0x71 ? 12 : 7;
  return { from: from + 2, count: cdp[from] === 0x72 ? (cdp[from + 1] ?? 0) & 0x1f : 0 };
}

/** Parses the CDP of an ANC packet; undefined where there is none. */
export function parseCdp(packet: Uint8Array): Cdp | undefined {
  const length = packet[5] ?? 0;
  const cdp = packet.subarray(3, 3 + length);
  if (!isCaptionPacket(packet) || cdp[0] !== 0x96 || cdp[1] !== 0x69) return undefined;
  const { from, count } = findTriplets(cdp);
  const triplets: [number, number][] = [];
  for (let at = from; at < from + count * 3 && at + 3 <= cdp.length; at += 3) {
    const marker = cdp[at] ?? 0;
    // The third bit says that the bytes are valid.
    if ((marker & 4) !== 0) triplets.push([marker & 3, ((cdp[at + 1] ?? 0) << 8) | (cdp[at + 2] ?? 0)]);
  }
  return {
    rate: cdpRates[(cdp[3] ?? 0) >> 4] ?? "",
    triplets,
    isChecksumRight: cdp.length === length && sum(cdp) === 0,
  };
}
