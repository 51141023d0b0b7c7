import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChannelMixer } from "../../../electron/media/decoding/mixer.ts";

const rate = 16_000;
/** A voice: a tone that comes and goes four times a second, with pauses. */
const voice = (index: number, pitch = 300): number => {
  const time = index / rate;
  const isPause = time % 2 > 1.4;
  return isPause ? 0 : 6_000 * Math.sin(2 * Math.PI * pitch * time) * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time));
};
const hum = (index: number): number => 3_000 * Math.sin((2 * Math.PI * 60 * index) / rate);

type Channel = (index: number) => number;
const seconds = 10;

function mix(channels: readonly Channel[], only?: number) {
  const samples = new Int16Array(rate * seconds * channels.length);
  for (let index = 0; index < rate * seconds; index++) {
    for (const [channel, get] of channels.entries())
      samples[index * channels.length + channel] = Math.round(get(index));
  }
  const mixer = new ChannelMixer(channels.length, only);
  const mixed = [...mixer.push(samples), ...mixer.finish()];
  return { mixed, activity: mixer.activity };
}

/** How much of a sound is in another one: 1 for the same. */
function likeness(mixed: readonly number[], sound: Channel, from = rate): number {
  let [product, own, other] = [0, 0, 0];
  for (let index = from; index < mixed.length; index++) {
    const [a, b] = [mixed[index] as number, sound(index)];
    product += a * b;
    own += a * a;
    other += b * b;
  }
  return product / Math.sqrt(own * other || 1);
}

/** How loud a sound is compared with another one. */
const loudness = (mixed: readonly number[], sound: Channel): number =>
  Math.sqrt(
    mixed.slice(rate).reduce((sum, value) => sum + value * value, 0) /
      Array.from({ length: mixed.length - rate }, (_, index) => sound(index + rate) ** 2).reduce((a, b) => a + b, 0),
  );

const silent: Channel = () => 0;

describe("one channel of several", () => {
  test.each<[string, readonly Channel[]]>([
    ["both the same", [voice, voice]],
    ["the voice on one of two", [silent, voice]],
    ["the voice on the fourth of six", [silent, silent, silent, voice, silent, silent]],
    ["the voice on the tenth of sixteen", Array.from({ length: 16 }, (_, index) => (index === 9 ? voice : silent))],
    ["opposite phase", [voice, (index) => -voice(index)]],
    ["a hum beside it", [hum, voice]],
    ["a constant offset", [(index) => voice(index) + 8_000, (index) => voice(index) + 8_000]],
  ])("%s: the voice is whole, and as loud as it was", (_, channels) => {
    const { mixed } = mix(channels);
    expect(Math.abs(likeness(mixed, voice))).toBeGreaterThan(0.95);
    expect(loudness(mixed, voice)).toBeGreaterThan(0.8);
    expect(loudness(mixed, voice)).toBeLessThan(1.25);
  });

  test("two people at two microphones are both heard", () => {
    const second: Channel = (index) => (index / rate > 5 ? voice(index, 500) : 0);
    const first: Channel = (index) => (index / rate > 5 ? 0 : voice(index));
    const both: Channel = (index) => first(index) + second(index);
    expect(likeness(mix([first, second]).mixed, both)).toBeGreaterThan(0.97);
  });

  test("only the channel that was asked for", () => {
    const other: Channel = (index) => voice(index, 700);
    expect(likeness(mix([voice, other], 1).mixed, other)).toBeGreaterThan(0.999);
  });

  test("says which channels are active, and which are of opposite phase", () => {
    const { activity } = mix([voice, silent, (index) => -voice(index)]);
    expect(activity.map(({ activeMs }) => activeMs > 3_000)).toEqual([true, false, true]);
    expect(activity.map(({ isOpposite }) => isOpposite)).toEqual([false, false, true]);
    expect(activity[1]?.peakDb).toBeUndefined();
  });

  test("gives the same whatever pieces it gets, and never a sample more or less", () => {
    const samples = Int16Array.from({ length: 6_000 }, (_, index) => voice(index));
    const whole = new ChannelMixer(2);
    const expected = [...whole.push(samples), ...whole.finish()];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 40 }), (sizes) => {
        const mixer = new ChannelMixer(2);
        const given: number[] = [];
        let at = 0;
        for (const size of [...sizes, 3_000]) {
          const end = Math.min(samples.length, at + size * 2);
          given.push(...mixer.push(samples.subarray(at, end)));
          at = end;
        }
        given.push(...mixer.push(samples.subarray(at)), ...mixer.finish());
        expect(given).toEqual(expected);
      }),
    );
  });

  test("of a silent recording is silence", () => {
    expect(mix([silent, silent]).mixed.every((value) => value === 0)).toBe(true);
  });
});
