/** What is made of a network's probabilities, and the network that ships. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TimeSpan, totalMs, uncovered } from "../../../electron/captions/time/span.ts";
import { LevelReducer } from "../../../electron/media/levels.ts";
import { detectByEnergy } from "../../../electron/speech/detection/energy-detector.ts";
import {
  detectByNetwork,
  joinDetections,
  networkStepMs,
  uniteSpeech,
} from "../../../electron/speech/detection/network-detector.ts";
import { findVoiceDetector, shippedModelsFolder } from "../../../electron/speech/models/found-models.ts";
import { officialModel } from "../../../electron/speech/models/official-models.ts";
import { newHost, pcmFile, samplePcm, seconds } from "../../support/speech/engines.ts";

/** Probabilities of so many windows, with stretches of others. */
function probabilities(
  count: number,
  floor: number,
  stretches: readonly (readonly [from: number, to: number, value: number])[],
): Uint16Array {
  const values = new Uint16Array(count).fill(floor);
  for (const [from, to, value] of stretches) values.fill(value, from, to);
  return values;
}

const windows = (from: number, to: number): TimeSpan => ({ startMs: from * networkStepMs, endMs: to * networkStepMs });

describe("speech by probabilities", () => {
  test.each<[string, Uint16Array, readonly TimeSpan[]]>([
    ["nothing", new Uint16Array(), []],
    [
      "a voice, whose end the network notices two windows late",
      probabilities(99, 5, [[10, 40, 900]]),
      [windows(10, 38)],
    ],
    ["a click", probabilities(99, 5, [[10, 12, 900]]), []],
    ["a stop consonant", probabilities(99, 900, [[40, 44, 10]]), [windows(0, 97)]],
    ["a pause", probabilities(99, 900, [[40, 45, 10]]), [windows(0, 38), windows(45, 97)]],
    [
      "doubt within a voice",
      probabilities(99, 5, [
        [10, 20, 900],
        [20, 40, 250],
      ]),
      [windows(10, 38)],
    ],
    ["doubt alone", probabilities(99, 250, []), []],
  ])("of %s", (_name, values, spans) => {
    expect(detectByNetwork(values)).toEqual(spans);
  });

  test("is in order, without overlap and inside the recording, whatever the probabilities", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 2_000 }), (values) => {
        let last = -1;
        for (const { startMs, endMs } of detectByNetwork(Uint16Array.from(values))) {
          expect(startMs).toBeGreaterThan(last);
          expect(endMs).toBeGreaterThan(startMs);
          last = endMs;
        }
        expect(last).toBeLessThanOrEqual(values.length * networkStepMs);
      }),
    );
  });
});

describe("the network and loudness together", () => {
  const voice = windows(100, 200);

  test("keep what either hears of a voice", () => {
    const doubtful = probabilities(600, 5, [
      [90, 210, 150],
      [100, 150, 900],
    ]);
    expect(detectByNetwork(doubtful)).not.toEqual([voice]);
    expect(uncovered([voice], joinDetections(doubtful, [voice]))).toEqual([]);
  });

  test("leave out what is loud where the network is sure that nobody speaks", () => {
    expect(joinDetections(probabilities(600, 60, []), [voice])).toEqual([]);
    const besideMusic = probabilities(3_000, 20, [[500, 600, 950]]);
    const found = joinDetections(besideMusic, [windows(0, 3_000)]);
    expect(uncovered([windows(500, 598)], found)).toEqual([]);
    expect(totalMs(found)).toBeLessThan(7_000);
  });

  const spans = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 })), { maxLength: 40 })
    .map((pairs) => {
      let at = 0;
      return pairs.map(([gap, length]) => {
        const startMs = at + gap;
        at = startMs + length;
        return { startMs, endMs: at };
      });
    });

  test("never lose what the network hears, nor what is loud near a moment that may be speech", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 1_000 }), spans, (values, loud) => {
        const given = Uint16Array.from(values);
        const joint = joinDetections(given, loud);
        const both = uniteSpeech(detectByNetwork(given), loud);
        expect(uncovered(detectByNetwork(given), joint)).toEqual([]);
        // Nothing that neither has found, and no overlap.
        expect(uncovered(joint, both)).toEqual([]);
        for (const [index, { startMs }] of joint.entries()) {
          expect(startMs).toBeGreaterThan(joint[index - 1]?.endMs ?? -1);
        }
        for (const left of uncovered(loud, joint)) {
          const near = given.subarray(Math.ceil(left.startMs / networkStepMs), Math.floor(left.endMs / networkStepMs));
          for (const probability of near) expect(probability).toBeLessThan(100);
        }
      }),
    );
  });
});

describe("the network that ships", () => {
  const network = findVoiceDetector(shippedModelsFolder);

  test("is there without a download, and is the one that whisper.cpp's project publishes", () => {
    expect(network?.name).toBe("silero-v6.2.0");
    const content = readFileSync(network?.path ?? "");
    const { algorithm = "sha256", hex } = officialModel("silero-v6.2.0")?.checksum ?? {};
    expect(createHash(algorithm).update(content).digest("hex")).toBe(hex);
    expect(readFileSync((network?.path ?? "").replace(/bin$/, "license.txt"), "utf8")).toContain("Silero Team");
  });

  /** Windows of the sample meeting, and what onnxruntime 1.32 makes of them with the makers' own file, in thousandths. */
  const known: readonly (readonly [window: number, probability: number])[] = [
    ...([
      [5, 6],
      [40, 4],
      [62, 18],
      [64, 976],
      [66, 999],
      [100, 957],
      [150, 1000],
    ] as const),
    ...([
      [205, 945],
      [208, 41],
      [212, 13],
      [222, 1000],
      [270, 958],
      [300, 992],
    ] as const),
    ...([
      [356, 126],
      [365, 12],
      [384, 1000],
      [400, 699],
      [416, 878],
      [426, 3],
      [432, 96],
      [450, 1000],
    ] as const),
  ];

  test("gives the probabilities that its makers' file gives", async () => {
    const found = await newHost().detectSpeech({ pcm: pcmFile(), sampleCount: seconds(20) }, network?.path ?? "");
    // Decoders of different versions differ in the last bit of a sample.
    for (const [window, probability] of known) expect(Math.abs((found[window] ?? 0) - probability)).toBeLessThan(20);
  });

  /** Sound as levels, as decoding counts them. */
  function levels(pcm: Buffer): Uint8Array {
    const reducer = new LevelReducer();
    reducer.push(new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2));
    return reducer.finish();
  }

  /** Half a minute of a sound whose samples are computed from the time, from −1 to 1. */
  function sound(sampleAt: (at: number, random: number) => number): Buffer {
    const samples = new Int16Array(seconds(30));
    let seed = 1;
    samples.forEach((_, index) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      samples[index] = Math.round(sampleAt(index / 16_000, seed / 1_073_741_824 - 1) * 32_767);
    });
    return Buffer.from(samples.buffer);
  }

  test.each<[string, (at: number, random: number) => number]>([
    ["digital silence", () => 0],
    ["the hiss of a recorder", (_, random) => random * 0.001],
    ["loud noise", (_, random) => random * 0.3],
    ["chairs and paper", (at, random) => random * (Math.floor(at * 4) % 3 === 0 ? 0.3 : 0.01)],
    ["hum", (at) => 0.05 * Math.sin(2 * Math.PI * 60 * at) + 0.02 * Math.sin(2 * Math.PI * 180 * at)],
  ])("hears nobody in %s", async (_name, sampleAt) => {
    const pcm = sound(sampleAt);
    const given = await newHost().detectSpeech({ pcm: pcmFile(pcm), sampleCount: seconds(30) }, network?.path ?? "");
    expect(joinDetections(given, detectByEnergy(levels(pcm)))).toEqual([]);
  });

  test("hears a meeting that is 34 dB too soft, all of it that loudness hears", async () => {
    const soft = Buffer.from(samplePcm());
    for (let at = 0; at < soft.length; at += 2) soft.writeInt16LE(Math.round(soft.readInt16LE(at) / 50), at);
    const sampleCount = seconds(60);
    const given = await newHost().detectSpeech({ pcm: pcmFile(soft), sampleCount }, network?.path ?? "");
    const loud = detectByEnergy(levels(samplePcm().subarray(0, sampleCount * 2)));
    const lost = uncovered(loud, joinDetections(given, detectByEnergy(levels(soft.subarray(0, sampleCount * 2)))));
    expect(totalMs(lost) / totalMs(loud)).toBeLessThan(0.05);
    for (const { startMs, endMs } of lost) expect(endMs - startMs).toBeLessThan(400);
  });
});
