/** whisper-host with Parakeet models: long sound, languages, and files that are none. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkModel } from "../../../electron/speech/models/model-file.ts";
import { whisperHostBinary } from "../../../electron/speech/whisper-host/binary.ts";
import { type HostMessage, hostMessageSchema } from "../../../electron/speech/whisper-host/messages.ts";
import { greedy, newHost, part, pcmFile, seconds } from "../../support/speech/engines.ts";
import { smallMultilingualSize, smallSize, writeRandomParakeet } from "../../support/speech/random-parakeet.ts";
import {
  endOfParakeetVocabulary,
  type Tone,
  toneMs,
  toneParakeet,
  tonePieces,
  toneSound,
  toneStepMs,
  writeToneParakeet,
} from "../../support/speech/tone-parakeet.ts";
import { temporaryFolder } from "../../support/temporary.ts";

function toneModel(extraWords = 0): string {
  const path = join(temporaryFolder(), "ggml-tones.bin");
  writeToneParakeet(path, extraWords);
  return path;
}

/** Numbers of a known sequence, from 0 to 1. */
function makeChance(start: number): () => number {
  let seed = start;
  return () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) / 0x7fffff;
  };
}

/** Tones one after another without a pause that is longer than those between words. */
function makeTones(count: number, chance: () => number): readonly Tone[] {
  const words = tonePieces.length - 2;
  return Array.from({ length: count }, (_, index) => ({
    piece: Math.floor(chance() * words) % words,
    startMs: 300 + index * toneStepMs + Math.round(chance() * 20),
  }));
}

const said = (tones: readonly Tone[]): string => tones.map(({ piece }) => tonePieces[piece]?.slice(1)).join(" ");

describe("sound that is longer than a window", () => {
  test("is heard without a word twice or lost, at its time, in twelve recordings that are cut anywhere", async () => {
    const host = newHost();
    await host.loadModel({ path: toneModel() });
    for (let seed = 1; seed <= 12; seed++) {
      const chance = makeChance(seed * 7_919);
      const tones = makeTones(110 + Math.floor(chance() * 150), chance);
      const durationMs = (tones.at(-1)?.startMs ?? 0) + 1_000;
      const pcm = pcmFile(toneSound(tones, durationMs));
      const { segments, windows = 0 } = await host.transcribe(part(pcm, [0, durationMs / 1_000]), greedy);
      const words = segments.flatMap((segment) => segment.words);
      expect(words.map(({ text }) => text).join(" "), `recording ${seed}`).toBe(said(tones));
      expect(windows).toBeGreaterThan(1);
      words.forEach(({ startMs, endMs }, index) => {
        const startedMs = tones[index]?.startMs ?? 0;
        expect(Math.abs(startMs - startedMs)).toBeLessThanOrEqual(40);
        expect(Math.abs(endMs - startedMs - toneMs)).toBeLessThanOrEqual(60);
        expect(startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? 0);
      });
    }
  });

  test("keeps pieces of a word together, and gives a stop to the word before it", async () => {
    const host = newHost();
    await host.loadModel({ path: toneModel() });
    const [ville, stop] = [tonePieces.length - 2, tonePieces.length - 1];
    const pieces = [0, ville, 1, stop, 2];
    const tones = pieces.map((piece, index) => ({ piece, startMs: 500 + index * toneStepMs }));
    const { segments } = await host.transcribe(part(pcmFile(toneSound(tones, 3_500)), [0, 3.5]), greedy);
    expect(segments.map(({ words }) => words.map(({ text }) => text))).toEqual([["alphaville", "bravo."], ["charlie"]]);
    expect(segments[0]?.words[0]?.endMs).toBeGreaterThan(500 + toneStepMs);
  });

  test("says nothing in silence", async () => {
    const host = newHost();
    await host.loadModel({ path: toneModel() });
    const { segments, windows } = await host.transcribe(part(pcmFile(Buffer.alloc(seconds(50) * 2)), [0, 50]), greedy);
    expect(segments).toEqual([]);
    expect(windows).toBe(2);
  });

  test.each([1, 50, 159, 160, 161, 1_000, 7_999])("of %d samples is answered", async (count) => {
    const host = newHost();
    await host.loadModel({ path: toneModel() });
    const range = { pcm: pcmFile(Buffer.alloc(seconds(1) * 2)), stretches: [{ startSample: 100, sampleCount: count }] };
    expect((await host.transcribe(range, greedy)).segments).toEqual([]);
  });
});

describe("languages", () => {
  test("of version 3 are 25, and it does not tell which one it hears", async () => {
    const host = newHost();
    await host.loadModel({ path: toneModel(5_000) });
    const range = part(pcmFile(toneSound(makeTones(10, makeChance(3)), 6_000)), [0, 6]);
    expect((await host.transcribe(range, { ...greedy, language: "es" })).language).toBe("es");
    for (const wrong of [{ language: "auto" }, { language: "so" }, { translate: true }]) {
      await expect(host.transcribe(range, { ...greedy, ...wrong })).rejects.toMatchObject({ code: "model.language" });
    }
    await expect(host.detectLanguage(range, 1)).rejects.toMatchObject({ code: "model.language" });
  });

  test("and the kind are told when the model is loaded", async () => {
    const child = spawn(whisperHostBinary, [], { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<HostMessage> => {
      const message = hostMessageSchema.parse(JSON.parse(String((await lines.next()).value)));
      // On a machine that is busy, loading takes longer than a second.
      return message.type === "heartbeat" ? next() : message;
    };
    await next();
    const many = join(temporaryFolder(), "ggml-many.bin");
    writeRandomParakeet(many, smallMultilingualSize, 8);
    child.stdin.write(`${JSON.stringify({ id: 1, type: "load", path: toneModel() })}\n`);
    child.stdin.write(`${JSON.stringify({ id: 2, type: "load", path: many })}\n`);
    const english = { kind: "parakeet", multilingual: false, languages: ["en"] };
    expect(await next()).toMatchObject({ type: "loaded", id: 1, model: english });
    const answer = await next();
    expect(answer).toMatchObject({ type: "loaded", id: 2, model: { kind: "parakeet", multilingual: true } });
    if (answer.type === "loaded") expect(answer.model.languages).toHaveLength(25);
  });
});

test("stops inside a window, which alone takes longer than a cancel may", async () => {
  const model = join(temporaryFolder(), "ggml-wide.bin");
  // Forty seconds of sound through it take many seconds on one thread.
  writeRandomParakeet(model, { ...smallSize, state: 512, layers: 12, channels: 128 }, 8);
  const host = newHost();
  await host.loadModel({ path: model });
  const { pid } = host;
  const controller = new AbortController();
  const noise = Buffer.from(Buffer.alloc(seconds(40) * 2).map((_, index) => (index * 7_919) % 251));
  const work = host.transcribe(part(pcmFile(noise), [0, 40]), greedy, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(work).rejects.toMatchObject({ code: "interrupted" });
  // A host that had not obeyed within 0.8 s would have been ended.
  expect(host.pid).toBe(pid);
});

test("a model that is too large for the memory that is to be had is refused, and the host goes on", async () => {
  const folder = temporaryFolder();
  const [large, limited] = [join(folder, "ggml-large.bin"), join(folder, "limited-host")];
  writeRandomParakeet(large, { ...smallSize, state: 1_024, layers: 16 }, 0);
  writeFileSync(limited, `#!/bin/sh\nexport MALLOC_ARENA_MAX=1; ulimit -v 900000; exec '${whisperHostBinary}'\n`, {
    mode: 0o755,
  });
  const host = newHost({ binary: limited });
  await expect(host.loadModel({ path: large })).rejects.toMatchObject({ code: "engine.out-of-memory" });
  await host.loadModel({ path: toneModel() });
  const tones = makeTones(5, makeChance(5));
  const { segments } = await host.transcribe(part(pcmFile(toneSound(tones, 3_000)), [0, 3]), greedy);
  expect(
    segments
      .flatMap(({ words }) => words)
      .map(({ text }) => text)
      .join(" "),
  ).toBe(said(tones));
});

describe("files that are no whole Parakeet model", () => {
  const model = toneParakeet();
  const vocabularyEnd = endOfParakeetVocabulary(model);
  const at = (offset: number, value: number): Buffer => {
    const spoilt = Buffer.from(model);
    spoilt.writeInt32LE(value, offset);
    return spoilt;
  };
  const swapped = (from: string, to: string): Buffer =>
    Buffer.from(model.toString("latin1").replace(from, to), "latin1");

  /** Every number of the head with values that ask for too much, too little, or nonsense. */
  const numbers = Array.from({ length: 16 }, (_, index) => 4 * index).slice(1);
  const wild = [-1, 0, 1, 7, 1_000_005, 0x7fffffff, -0x80000000];
  const cases: readonly (readonly [name: string, bytes: Buffer])[] = [
    ...numbers.flatMap((offset) =>
      wild.map((value) => [`with ${value} at ${offset} of its head`, at(offset, value)] as const),
    ),
    ...wild.flatMap((value) => [
      [`with ${value} bands in its filters`, at(64, value)] as const,
      [`with ${value} bins in its filters`, at(68, value)] as const,
      [`with ${value} words in its list`, at(vocabularyEnd - listBytes(model, vocabularyEnd), value)] as const,
      [`with ${value} sides of its first part`, at(vocabularyEnd, value)] as const,
      [`with ${value} letters in the name of its first part`, at(vocabularyEnd + 4, value)] as const,
      [`with type ${value} of its first part`, at(vocabularyEnd + 8, value)] as const,
      [`with ${value} as a side of its first part`, at(vocabularyEnd + 12, value)] as const,
    ]),
    ["with a part twice in place of another", swapped("joint.pred.weight", "joint.enc.weightx".slice(0, 17))],
    ["with an unknown part", swapped("joint.pred.bias", "joint.pred.bisa")],
    ["with a part more", Buffer.concat([model, lastPart(model)])],
    ...[40, 63, 64, 70, 1_000, vocabularyEnd - 3, vocabularyEnd, vocabularyEnd + 5, vocabularyEnd + 100].map(
      (length) => [`of ${length} bytes`, model.subarray(0, length)] as const,
    ),
    ["without its last byte", model.subarray(0, -1)],
    ["without its last part", model.subarray(0, model.length - lastPart(model).length)],
  ];

  test("are refused by the host, one after the other, and it goes on", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "ggml-spoilt.bin");
    const whole = toneModel();
    const host = newHost();
    await host.loadModel({ path: whole });
    const { pid } = host;
    const taken: string[] = [];
    for (const [name, bytes] of cases) {
      if (bytes.equals(model)) continue;
      writeFileSync(path, bytes);
      const outcome = await host.loadModel({ path }).then(
        () => "loaded",
        (thrown: { readonly code?: string }) => thrown.code ?? "failed",
      );
      if (!["model.invalid", "model.truncated", "engine.out-of-memory"].includes(outcome))
        taken.push(`${name}: ${outcome}`);
      // The host has another model when this one was refused, or none.
      await host.loadModel({ path: whole });
    }
    // How long a context and how many tokens in a frame: neither is part of the layout.
    expect(taken.filter((name) => !/ at (8|60) of its head: loaded$/.test(name))).toEqual([]);
    expect(host.pid).toBe(pid);
  });

  test("are told from whole ones before they are imported", () => {
    const path = join(temporaryFolder(), "ggml-spoilt.bin");
    writeFileSync(path, model);
    expect(checkModel(path)).toMatchObject({ kind: "speech", family: "parakeet", multilingual: false });
    for (const length of [10, 40, 63, vocabularyEnd - 3, vocabularyEnd + 5, model.length - 1]) {
      writeFileSync(path, model.subarray(0, length));
      expect(() => checkModel(path), String(length)).toThrow(expect.objectContaining({ code: "model.truncated" }));
    }
    for (const [offset, value] of [
      [4, 17],
      [12, -5],
      [20, 1_000],
      [24, 1 << 20],
      [64, 5],
      [68, 5],
    ] as const) {
      writeFileSync(path, at(offset, value));
      expect(() => checkModel(path), String(offset)).toThrow(/model\.(invalid|truncated)|not a|incomplete/);
    }
  });
});

/** Bytes of the list of words with its number. */
function listBytes(model: Buffer, end: number): number {
  const words = model.readInt32LE(4);
  const texts = tonePieces.reduce((sum, piece) => sum + 4 + Buffer.byteLength(piece), 0);
  expect(words).toBe(tonePieces.length);
  expect(model.readInt32LE(end - texts - 4)).toBe(words);
  return texts + 4;
}

/** The last tensor: its head and its values. */
function lastPart(model: Buffer): Buffer {
  return model.subarray(model.lastIndexOf("joint.joint_net.2.bias") - 16);
}
