import { describe, expect, test } from "vitest";
import type { RecordingSound } from "../../../electron/contract/recording.ts";
import { parseSound, soundTextSchema } from "../../../electron/contract/sound.ts";
import { isRequestedSound, playsAlike } from "../../../electron/media/decoding/recording-sound.ts";
import { chooseSound, type ListenedStream } from "../../../electron/media/decoding/sound-choice.ts";

/** Activity of a minute: `#` for a second in which something is said. */
const stream = (number: number, seconds: string, isDefault = false): ListenedStream => ({
  number,
  isDefault,
  activity: Uint8Array.from([...seconds].flatMap((mark) => Array.from({ length: 50 }, () => (mark === "#" ? 1 : 0)))),
});

describe("the sound with the meeting", () => {
  test.each<[string, readonly ListenedStream[], readonly number[], readonly number[]]>([
    ["the only one", [stream(1, "##  ##")], [1], []],
    [
      "the one with speech, and not the default one that is silent",
      [stream(1, "", true), stream(2, "## ###")],
      [2],
      [],
    ],
    ["the first where none has any", [stream(1, "      "), stream(2, "      ")], [1], []],
    ["the default one of two at once", [stream(1, "######"), stream(2, "######", true)], [2], [1]],
    ["both where people take turns", [stream(1, "###   ###   "), stream(2, "   ###   ###")], [1, 2], []],
    ["without a cough in another", [stream(1, "#".repeat(60)), stream(2, `${" ".repeat(59)}#`)], [1], []],
  ])("%s", (_, streams, used, others) => {
    expect(chooseSound(streams)).toEqual({ streams: used, others });
  });
});

describe("a sound that is asked for", () => {
  test.each([
    ["auto", undefined],
    ["stream 2", { stream: 2, channel: undefined }],
    ["channel 4", { stream: undefined, channel: 4 }],
    ["Stream 2 Channel 1", { stream: 2, channel: 1 }],
  ])("%s", (text, parsed) => {
    expect(parseSound(soundTextSchema.parse(text))).toEqual(parsed);
  });

  test.each(["", "4", "channel", "channel 0", "stream 2channel 1", "stream 2; rm", "channel 4 stream 2"])(
    "%j is none",
    (text) => expect(soundTextSchema.safeParse(text).success).toBe(false),
  );

  const sound = (part: Partial<RecordingSound>): RecordingSound => ({
    streams: [1],
    others: [],
    isSet: false,
    heard: [{ number: 1, index: 1, codec: "aac", channels: [{ activeMs: 9_000 }, { activeMs: 9_000 }] }],
    ...part,
  });

  test("is told from another one that was decoded before", () => {
    expect(isRequestedSound(sound({}), undefined)).toBe(true);
    expect(isRequestedSound(sound({ isSet: true }), undefined)).toBe(false);
    expect(isRequestedSound(sound({}), { stream: 1, channel: undefined })).toBe(false);
    expect(isRequestedSound(sound({ isSet: true, streams: [2] }), { stream: 2, channel: undefined })).toBe(true);
    expect(isRequestedSound(sound({ isSet: true, channel: 4 }), { stream: undefined, channel: 3 })).toBe(false);
  });

  test("is played by browsers only where it is the first, whole, and on the first two channels", () => {
    const clock = { zeroMs: 0, firstFrameMs: 0, isEven: true, restarts: [] };
    expect(playsAlike({ clock, sound: sound({}) })).toBe(true);
    expect(playsAlike({ clock: { ...clock, isEven: false }, sound: sound({}) })).toBe(false);
    expect(playsAlike({ clock, sound: sound({ streams: [2] }) })).toBe(false);
    expect(playsAlike({ clock, sound: sound({ channel: 2 }) })).toBe(false);
    const channels = [0, 0, 0, 9_000].map((activeMs) => ({ activeMs }));
    expect(playsAlike({ clock, sound: sound({ heard: [{ number: 1, index: 1, codec: "pcm", channels }] }) })).toBe(
      false,
    );
  });
});
