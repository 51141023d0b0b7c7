import { describe, expect, test } from "vitest";
import { NotCaptionsError } from "../../../electron/captions/formats/read.ts";
import { parseCaptionFile } from "../../../electron/editing/parse-caption-file.ts";

interface RecordFields {
  readonly start: readonly number[];
  readonly end?: readonly number[];
  /** Justification, row and column. */
  readonly place?: readonly number[];
}

const bytesOf = (text: string): readonly number[] => [...text].map((one) => one.charCodeAt(0));

function record(
  lines: readonly (readonly number[])[],
  { start, end, place = [3, 0x0f, 0x10] }: RecordFields,
): readonly number[] {
  const text = lines.flatMap((line, index) => [...(index > 0 ? [0, 0, 0, 0] : []), ...line]);
  const flags = (end === undefined ? 0x40 : 0x60) + lines.length;
  const body = [
    flags,
    ...start,
    ...(end ?? []),
    ...[end === undefined ? 0x02 : 0x12, 1, 0, 0, 0, 0],
    ...place,
    ...text,
    0,
  ];
  return [body.length + 1, ...body];
}

function file(records: readonly (readonly number[])[]): Uint8Array {
  const head = [0xea, 0x22, 1, 0, records.length, 0, 9, 0xa8, 0xaf, 0x4f, ...Array(118).fill(0)] as number[];
  return Uint8Array.from([...head, ...records.flat()]);
}

const read = (bytes: Uint8Array) => parseCaptionFile(bytes, {});

describe("Cheetah CAP", () => {
  test("text, accents, italics, places, and captions that stay until the next one", () => {
    const bytes = file([
      record([bytesOf("I call this meeting"), bytesOf("to order.")], { start: [0, 0, 1, 0], end: [0, 0, 3, 15] }),
      record([[0xd0, ...bytesOf("Se"), 0x8f, ...bytesOf("or"), 0x20, 0x81]], {
        start: [0, 0, 4, 0],
        place: [3, 1, 0x10],
      }),
      record([bytesOf("Left")], { start: [0, 0, 6, 0], end: [0, 0, 7, 0], place: [1, 0x0f, 3] }),
    ]);
    expect(read(bytes)).toMatchObject({
      format: "cap",
      issues: [],
      cues: [
        { startMs: 1_001, endMs: 3_504, lines: ["I call this meeting", "to order."] },
        { startMs: 4_004, endMs: 6_006, lines: ["Señor ♪"], edge: "top", styles: [{ italic: true }] },
        { startMs: 6_006, endMs: 7_007, lines: ["Left"], align: "left" },
      ],
    });
  });

  test("labels are drop-frame unless one is there that drop-frame leaves out", () => {
    const later = record([bytesOf("Two")], { start: [0, 10, 0, 0], end: [0, 10, 2, 0] });
    expect(read(file([later])).cues[0]?.startMs).toBe(599_999);
    const missing = record([bytesOf("One")], { start: [0, 1, 0, 0], end: [0, 1, 2, 0] });
    expect(read(file([missing, later])).cues[1]?.startMs).toBe(600_600);
  });

  test("a file that begins at 01:00:00 is read from there", () => {
    const { cues, issues } = read(file([record([bytesOf("One")], { start: [1, 0, 2, 0], end: [1, 0, 3, 0] })]));
    expect(cues[0]?.startMs).toBe(2_002);
    expect(issues).toMatchObject([{ rule: "start" }]);
  });

  test("damage is told, and a file without captions is refused", () => {
    const good = record([bytesOf("One")], { start: [0, 0, 1, 0], end: [0, 0, 2, 0] });
    const bad = record([bytesOf("Two")], { start: [99, 0, 1, 0], end: [0, 0, 2, 0] });
    expect(read(file([bad, good]))).toMatchObject({ cues: [{ lines: ["One"] }], issues: [{ rule: "unreadable" }] });
    expect(() => read(file([]))).toThrow(NotCaptionsError);
    expect(() => read(Uint8Array.from([...file([]), 0]))).toThrow(NotCaptionsError);
  });
});
