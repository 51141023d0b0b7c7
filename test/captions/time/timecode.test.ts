import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frameRates, frameToMs, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import {
  dropFrameStyle,
  formatTimecode,
  isMissingLabel,
  nonDropFrameStyle,
  parseTimecode,
  type Timecode,
  timecodeToFrame,
} from "../../../electron/captions/time/timecode.ts";

/** electron/captions/cea608/README.md, "Timecode arithmetic": frame, drop-frame label, non-drop label. */
const known: readonly (readonly [number, string, string])[] = [
  [0, "00:00:00;00", "00:00:00:00"],
  [1799, "00:00:59;29", "00:00:59:29"],
  [1800, "00:01:00;02", "00:01:00:00"],
  [3597, "00:01:59;29", "00:01:59:27"],
  [3598, "00:02:00;02", "00:01:59:28"],
  [17_981, "00:09:59;29", "00:09:59:11"],
  [17_982, "00:10:00;00", "00:09:59:12"],
  [19_782, "00:11:00;02", "00:10:59:12"],
  [53_946, "00:30:00;00", "00:29:58:06"],
  [107_892, "01:00:00;00", "00:59:56:12"],
  [215_784, "02:00:00;00", "01:59:52:24"],
  [2_589_407, "23:59:59;29", "23:58:33:17"],
];

const parsed = (label: string): Timecode => {
  const timecode = parseTimecode(label);
  if (timecode === undefined) throw new Error(`not a timecode: ${label}`);
  return timecode;
};

describe("timecode labels", () => {
  test.each(known)("frame %i is %s in drop-frame and %s in non-drop-frame", (frame, drop, nonDrop) => {
    expect(formatTimecode(frame, dropFrameStyle)).toBe(drop);
    expect(formatTimecode(frame, nonDropFrameStyle)).toBe(nonDrop);
    expect(timecodeToFrame(parsed(drop))).toBe(frame);
    expect(timecodeToFrame(parsed(nonDrop))).toBe(frame);
  });

  test("labels begin again after a day", () => {
    expect(formatTimecode(2_589_408, dropFrameStyle)).toBe("00:00:00;00");
    expect(formatTimecode(2_589_408 + 17_982, dropFrameStyle)).toBe("00:10:00;00");
    expect(formatTimecode(2_592_000, nonDropFrameStyle)).toBe("00:00:00:00");
    expect(formatTimecode(24 * 3600 * 25 + 1, { rate: frameRates["25"], dropFrame: false })).toBe("00:00:00:01");
  });

  test("every frame of a day has a label of its own that leads back to it, in both styles", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_589_407 }), fc.boolean(), (frame, dropFrame) => {
        const style = dropFrame ? dropFrameStyle : nonDropFrameStyle;
        const label = parsed(formatTimecode(frame, style));
        expect(isMissingLabel(label)).toBe(false);
        expect(timecodeToFrame(label)).toBe(frame);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each(["00:01:00;00", "00:01:00;01", "00:59:00;00", "00:00:00;30", "00:00:00:31"])(
    "%s does not exist",
    (label) => {
      expect(isMissingLabel(parsed(label))).toBe(true);
    },
  );

  test.each(["00:10:00;00", "00:00:00;00", "01:00:00;00", "00:01:00;02", "00:01:00:00"])("%s exists", (label) => {
    expect(isMissingLabel(parsed(label))).toBe(false);
  });

  test.each([
    ["00:00:01;05", true],
    ["00:00:01,05", true],
    ["00:00:01.05", true],
    ["00:00:01:05", false],
  ])("the separator of %s means drop-frame: %s", (label, dropFrame) => {
    expect(parsed(label).dropFrame).toBe(dropFrame);
  });

  test.each(["", "1:00:00;00", "00:60:00;00", "00:00:60;00", "00:00:00", "00:00:00;0", "aa:bb:cc;dd"])(
    "%j is not a timecode",
    (label) => {
      expect(parseTimecode(label)).toBeUndefined();
    },
  );
});

describe("frames and milliseconds", () => {
  test.each([
    [1799, 60_027],
    [107_892, 3_599_996],
    [2_589_407, 86_399_880],
  ])("frame %i begins at %i ms", (frame, ms) => {
    expect(frameToMs(frame)).toBe(ms);
  });

  test("a time goes to the nearest frame at every rate", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(frameRates)),
        fc.integer({ min: 0, max: 86_400_000 }),
        (rate, ms) => {
          const exact = (ms * rate.numerator) / (rate.denominator * 1000);
          expect(Math.abs(msToFrame(ms, rate) - exact)).toBeLessThanOrEqual(0.5);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test("the beginning of a frame leads back to the frame", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(frameRates)), fc.nat(2_589_407), (rate, frame) => {
        expect(msToFrame(frameToMs(frame, rate), rate)).toBe(frame);
      }),
      { numRuns: 5_000 },
    );
  });
});
