/**
 * Decodes service 1 of CEA-708 in an MCC file: an interpreter of its own for tests, of what CEA-708 says of packets,
 * windows and characters, that checks on its way every length, checksum and counter.
 */

/** What was shown, from frame to frame of the file. */
export interface ShownWindow {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Row and column of the window's corner on the grid of 75 by 210. */
  readonly vertical: number;
  readonly horizontal: number;
  readonly italic: boolean;
}

const repeats = "GHIJKLMNO";
const sequences: Readonly<Record<string, string>> = {
  P: "FB8080",
  Q: "FC8080",
  R: "FD8080",
  S: "9669",
  T: "6101",
  Z: "00",
};

/** The bytes of each line with a timecode. */
function* packets(mcc: string): Generator<readonly number[]> {
  for (const line of mcc.split("\r\n")) {
    const data = /^\d\d:\d\d:\d\d:\d\d\t(.*)$/.exec(line)?.[1];
    if (data === undefined) continue;
    const hex = data.replace(/[G-Z]/g, (letter) => sequences[letter] ?? "FA0000".repeat(repeats.indexOf(letter) + 1));
    yield (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  }
}

const total = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => (sum + byte) % 256, 0);

function assertEqual(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
}

/** The triplets of a packet, after everything about it was checked. */
function checkedTriplets(packet: readonly number[], sequence: number): readonly (readonly number[])[] {
  assertEqual(packet[0], 0x61, "DID");
  assertEqual(packet.length, (packet[2] ?? 0) + 4, "length of the ANC packet");
  assertEqual(packet.at(-1), total(packet.slice(0, -1)), "checksum of the ANC packet");
  const cdp = packet.slice(3, -1);
  assertEqual(cdp[2], cdp.length, "length of the CDP");
  assertEqual(total(cdp), 0, "checksum of the CDP");
  const counters = [(cdp[5] ?? 0) * 256 + (cdp[6] ?? 0), (cdp.at(-3) ?? 0) * 256 + (cdp.at(-2) ?? 0)];
  for (const counter of counters) assertEqual(counter, sequence & 0xffff, "counter");
  assertEqual(cdp[7], 0x72, "section of captions");
  const count = (cdp[8] ?? 0) & 0x1f;
  assertEqual(cdp[9 + count * 3] === 0x73 || cdp[9 + count * 3] === 0x74, true, "section after the captions");
  return Array.from({ length: count }, (_, index) => cdp.slice(9 + index * 3, 12 + index * 3));
}

interface Window {
  readonly vertical: number;
  readonly horizontal: number;
  readonly rows: string[][];
  row: number;
  column: number;
  italic: boolean;
  shownFrom: number | undefined;
}

const g2: Readonly<Record<number, string>> = { 37: "…", 49: "‘", 50: "’", 51: "“", 52: "”", 57: "™" };

class ServiceDecoder {
  readonly shown: ShownWindow[] = [];
  readonly #windows = new Map<number, Window>();
  #current = 0;

  hide(window: Window, frame: number): void {
    if (window.shownFrom === undefined) return;
    const rows = window.rows.map((row) =>
      Array.from(row, (cell) => cell ?? " ")
        .join("")
        .trim(),
    );
    const { vertical, horizontal, italic, shownFrom } = window;
    const text = rows.filter((row) => row !== "").join("\n");
    this.shown.push({ from: shownFrom, to: frame, text, vertical, horizontal, italic });
    window.shownFrom = undefined;
  }

  #each(bitmap: number, apply: (window: Window, index: number) => void): void {
    for (const [index, window] of [...this.#windows]) if ((bitmap >> index) & 1) apply(window, index);
  }

  #write(character: string): void {
    const window = this.#windows.get(this.#current);
    if (window === undefined) throw new Error(`text outside of a window: ${character}`);
    const row = window.rows[window.row];
    if (row === undefined) throw new Error(`row ${window.row} is outside of the window`);
    row[window.column++] = character;
  }

  block(bytes: readonly number[], frame: number): void {
    for (let at = 0; at < bytes.length; ) {
      const code = bytes[at++] ?? 0;
      const take = (count: number): readonly number[] => {
        if (at + count > bytes.length) throw new Error(`code ${code.toString(16)} is cut off`);
        at += count;
        return bytes.slice(at - count, at);
      };
      if (code >= 0x98 && code <= 0x9f) {
        const [, vertical = 0, horizontal = 0, rows = 0] = take(6);
        const cells = Array.from({ length: (rows & 0x0f) + 1 }, (): string[] => []);
        if (this.#windows.has(code - 0x98)) throw new Error("a window is defined again");
        this.#windows.set(code - 0x98, {
          vertical,
          horizontal,
          rows: cells,
          row: 0,
          column: 0,
          italic: false,
          shownFrom: undefined,
        });
        this.#current = code - 0x98;
      } else if (code === 0x89) {
        this.#each(take(1)[0] ?? 0, (window) => {
          window.shownFrom = frame;
        });
      } else if (code === 0x8a) this.#each(take(1)[0] ?? 0, (window) => this.hide(window, frame));
      else if (code === 0x8c) {
        this.#each(take(1)[0] ?? 0, (window, index) => {
          this.hide(window, frame);
          this.#windows.delete(index);
        });
      } else if (code === 0x90) {
        const window = this.#windows.get(this.#current);
        if (((take(2)[1] ?? 0) & 0x80) !== 0 && window !== undefined) window.italic = true;
      } else if (code === 0x91) take(3);
      else if (code === 0x92) {
        const [row = 0, column = 0] = take(2);
        Object.assign(this.#windows.get(this.#current) ?? {}, { row, column });
      } else if (code === 0x10) this.#write(g2[take(1)[0] ?? 0] ?? "?");
      else if (code === 0x7f) this.#write("♪");
      else if (code >= 0x20 && (code < 0x80 || code >= 0xa0)) this.#write(String.fromCharCode(code));
      else if (code !== 0x03) throw new Error(`unknown code ${code.toString(16)}`);
    }
  }
}

/** What service 1 shows. Frames count from the first line of the file. */
export function decodeCea708(mcc: string): readonly ShownWindow[] {
  const decoder = new ServiceDecoder();
  let frame = 0;
  let sequence: number | undefined;
  for (const packet of packets(mcc)) {
    const data = checkedTriplets(packet, frame).filter(([marker = 0]) => (marker & 4) !== 0 && (marker & 3) >= 2);
    const bytes = data.flatMap(([, first = 0, second = 0]) => [first, second]);
    if (bytes.length > 0) {
      assertEqual(
        data.findIndex(([marker = 0]) => (marker & 3) === 3),
        0,
        "beginning of the DTVCC packet",
      );
      const [head = 0, block = 0] = bytes;
      assertEqual((head & 0x3f) * 2, bytes.length, "length of the DTVCC packet");
      if (sequence !== undefined) assertEqual(head >> 6, (sequence + 1) % 4, "sequence of DTVCC packets");
      sequence = head >> 6;
      assertEqual(block >> 5, 1, "service");
      decoder.block(bytes.slice(2, 2 + (block & 0x1f)), frame);
    }
    frame++;
  }
  return decoder.shown;
}
