import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { copyFileSync, openSync, readFileSync, truncateSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { HeardSegment, TranscribeOptions } from "../../electron/speech/engine.ts";
import { whisperHostBinary } from "../../electron/speech/whisper-host/binary.ts";
import { hostMessageSchema } from "../../electron/speech/whisper-host/messages.ts";
import { WhisperHost } from "../../electron/speech/whisper-host/whisper-host.ts";
import { wordErrorRate } from "../../electron/speech/word-error-rate.ts";
import { demoModel, sampleScript, sampleVideo } from "../support/places.ts";
import { isAlive } from "../support/processes.ts";
import { baseSize, writeRandomModel } from "../support/random-model.ts";
import { silentLogger } from "../support/silent-logger.ts";
import { temporaryFolder } from "../support/temporary.ts";

// One thread: test files run side by side, and two engines that both want every core take turns spinning.
const options: TranscribeOptions = { language: "en", prompt: "", threads: 1, beamSize: 1 };
let pcm: Buffer;

beforeAll(() => {
  pcm = execFileSync("ffmpeg", ["-v", "error", "-i", sampleVideo, "-ac", "1", "-ar", "16000", "-f", "s16le", "-"], {
    maxBuffer: 1e8,
  });
});

function pcmFile(content: Buffer = pcm): string {
  const path = join(temporaryFolder(), "audio.pcm");
  writeFileSync(path, content);
  return path;
}

function newHost(stallMs = 60_000, binary = whisperHostBinary): WhisperHost {
  const host = new WhisperHost({ binary, logger: silentLogger, stallMs });
  onTestFinished(() => host.close());
  return host;
}

async function loadedHost(stallMs?: number): Promise<WhisperHost> {
  const host = newHost(stallMs);
  await host.loadModel(demoModel);
  return host;
}

const seconds = (count: number): number => count * 16_000;
const textOf = (segments: readonly HeardSegment[]): string =>
  segments.flatMap(({ words }) => words.map(({ text }) => text)).join(" ");

interface Script {
  readonly lines: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
}
const script = (): Script => JSON.parse(readFileSync(sampleScript, "utf8")) as Script;

describe("recognition", () => {
  test("of the sample gives its words, with times that are the script's", async () => {
    const host = await loadedHost();
    const range = { pcm: pcmFile(), startSample: 0, sampleCount: pcm.length / 2 };
    const progress: number[] = [];
    const { segments, language } = await host.transcribe(range, options, {
      onProgress: (share) => progress.push(share),
    });
    expect(language).toBe("en");
    expect(progress.at(-1)).toBe(1);
    const { lines } = script();
    expect(wordErrorRate(lines.map(({ text }) => text).join(" "), textOf(segments))).toBeLessThan(0.12);

    // Where a line begins with its own first two words, its first word must begin where the line does.
    const words = segments.flatMap((segment) => segment.words);
    const starts: number[] = [];
    for (const line of lines) {
      const [first, second] = line.text.split(" ");
      const near = words.findIndex(
        (word, index) =>
          word.text === first && words[index + 1]?.text === second && Math.abs(word.startMs - line.startMs) < 1_000,
      );
      if (near >= 0) starts.push(Math.abs((words[near]?.startMs ?? 0) - line.startMs));
    }
    expect(starts.length).toBeGreaterThan(40);
    expect(starts.reduce((sum, error) => sum + error, 0) / starts.length).toBeLessThan(60);
    expect(Math.max(...starts)).toBeLessThan(300);
    for (const word of words) {
      expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
      expect(word.probability).toBeGreaterThan(0);
    }
  });

  test("gives times relative to the recording, also for a range in the middle", async () => {
    const host = await loadedHost();
    const { segments } = await host.transcribe(
      { pcm: pcmFile(), startSample: seconds(60), sampleCount: seconds(20) },
      options,
    );
    expect(segments[0]?.startMs).toBeGreaterThanOrEqual(60_000);
    expect(segments.at(-1)?.endMs).toBeLessThanOrEqual(80_000);
    expect(textOf(segments)).toContain("parking lot");
  });

  test("of the same range is the same whatever ran before, and after a restart", async () => {
    const range = { pcm: pcmFile(), startSample: seconds(30), sampleCount: seconds(25) };
    const host = await loadedHost();
    const first = await host.transcribe(range, options);
    await host.transcribe({ ...range, startSample: 0 }, options);
    expect(await host.transcribe(range, options)).toEqual(first);
    await host.close();
    await host.loadModel(demoModel);
    expect(await host.transcribe(range, options)).toEqual(first);
  });

  test("of silence gives no words", async () => {
    const host = await loadedHost();
    const silence = pcmFile(Buffer.alloc(seconds(12) * 2));
    const { segments } = await host.transcribe({ pcm: silence, startSample: 0, sampleCount: seconds(12) }, options);
    for (const { words } of segments) for (const word of words) expect(word.endMs).toBeLessThanOrEqual(12_000);
  });

  test("keeps its model over requests", async () => {
    const host = await loadedHost();
    const { pid } = host;
    const range = { pcm: pcmFile(), startSample: 0, sampleCount: seconds(5) };
    await host.transcribe(range, options);
    await host.loadModel(demoModel);
    await host.transcribe(range, options);
    expect(host.pid).toBe(pid);
  });

  test("says what it runs on", async () => {
    const description = await newHost().describe();
    expect(description.version).toMatch(/^\d+\.\d+\.\d+ \(whisper\.cpp 1\.9\.\d+\)$/);
    expect(description.physicalCores).toBeGreaterThan(0);
    expect(description.devices.length).toBeGreaterThan(0);
  });
});

describe("cancelling", () => {
  test("a running transcription ends it within a second, and the host stays with its model", async () => {
    const host = await loadedHost();
    const { pid } = host;
    const controller = new AbortController();
    const range = { pcm: pcmFile(), startSample: 0, sampleCount: pcm.length / 2 };
    const work = host.transcribe(
      range,
      { ...options, beamSize: 8 },
      { signal: controller.signal, onSegment: () => controller.abort() },
    );
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    // Its answer came in time: a host that has to be ended has no pid any more.
    expect(host.pid).toBe(pid);
    expect((await host.transcribe({ ...range, sampleCount: seconds(5) }, options)).segments.length).toBeGreaterThan(0);
  });

  test("stops a model inside a window, which alone takes longer than a cancel may", async () => {
    const model = join(temporaryFolder(), "ggml-random.bin");
    writeRandomModel(model, baseSize);
    const host = newHost();
    await host.loadModel(model);
    const { pid } = host;
    const controller = new AbortController();
    // The first progress comes before the first window: on one thread its encoder alone takes seconds.
    const work = host.transcribe(
      { pcm: pcmFile(), startSample: 0, sampleCount: seconds(30) },
      { ...options, threads: 1 },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    // A host that had not obeyed within 0.8 s would have been ended.
    expect(host.pid).toBe(pid);
  });

  test("before the start never starts", async () => {
    const host = await loadedHost();
    const range = { pcm: pcmFile(), startSample: 0, sampleCount: seconds(5) };
    await expect(host.transcribe(range, options, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "interrupted",
    });
  });

  test("works although the host is stopped: it is ended", async () => {
    const host = await loadedHost();
    const controller = new AbortController();
    const range = { pcm: pcmFile(), startSample: 0, sampleCount: pcm.length / 2 };
    const pid = host.pid ?? 0;
    const work = host.transcribe(range, options, {
      signal: controller.signal,
      onSegment: () => {
        process.kill(pid, "SIGSTOP");
        controller.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describe("what goes wrong", () => {
  const range = (path: string) => ({ pcm: path, startSample: 0, sampleCount: seconds(5) });

  test.each<[string, (path: string) => void, string]>([
    ["that is missing", () => undefined, "model.missing"],
    ["that is text", (path) => writeFileSync(path, "x".repeat(100_000)), "model.invalid"],
    ["that is empty", (path) => writeFileSync(path, ""), "model.invalid"],
    [
      "with a head of nonsense",
      (path) => writeFileSync(path, Buffer.concat([Buffer.from("6c6d6767", "hex"), Buffer.alloc(90_000, 0x7f)])),
      "model.invalid",
    ],
    ["cut inside its weights", (path) => cut(path, 9_000_000), "model.truncated"],
    ["cut inside its vocabulary", (path) => cut(path, 100_000), "model.truncated"],
    ["cut by its last byte", (path) => cut(path, readFileSync(demoModel).length - 1), "model.truncated"],
  ])("a model %s is refused, and the host goes on", async (_name, make, code) => {
    const path = join(temporaryFolder(), "ggml-broken.bin");
    make(path);
    const host = newHost();
    await expect(host.loadModel(path)).rejects.toMatchObject({ code });
    await host.loadModel(demoModel);
    expect((await host.transcribe(range(pcmFile()), options)).segments.length).toBeGreaterThan(0);
  });

  function cut(path: string, length: number): void {
    copyFileSync(demoModel, path);
    truncateSync(path, length);
  }

  test("sound that has vanished or is too short is an error, and the host goes on", async () => {
    const host = await loadedHost();
    const path = pcmFile();
    unlinkSync(path);
    await expect(host.transcribe(range(path), options)).rejects.toMatchObject({
      code: "engine.failed",
      message: expect.stringContaining("cannot open"),
    });
    const short = pcmFile(pcm.subarray(0, 1_000));
    await expect(host.transcribe(range(short), options)).rejects.toMatchObject({
      code: "engine.failed",
      message: expect.stringContaining("past the end"),
    });
    expect((await host.transcribe(range(pcmFile()), options)).segments.length).toBeGreaterThan(0);
  });

  test("a language that the model does not know is an error", async () => {
    const host = await loadedHost();
    await expect(host.transcribe(range(pcmFile()), { ...options, language: "es" })).rejects.toMatchObject({
      code: "model.language",
    });
    await expect(host.transcribe(range(pcmFile()), { ...options, language: "zz" })).rejects.toMatchObject({
      code: "model.language",
    });
  });

  test("kill -9 of the host fails the request at hand; the next one gets a new host", async () => {
    const host = await loadedHost();
    const pid = host.pid ?? 0;
    const whole = { pcm: pcmFile(), startSample: 0, sampleCount: pcm.length / 2 };
    const work = host.transcribe(whole, options, { onSegment: () => process.kill(pid, "SIGKILL") });
    await expect(work).rejects.toMatchObject({ code: "engine.crashed", retryable: true });
    await host.loadModel(demoModel);
    expect(host.pid).not.toBe(pid);
    expect((await host.transcribe(range(whole.pcm), options)).segments.length).toBeGreaterThan(0);
  });

  test("a host that hangs is ended by the watchdog", async () => {
    const host = await loadedHost(1_500);
    const pid = host.pid ?? 0;
    const whole = { pcm: pcmFile(), startSample: 0, sampleCount: pcm.length / 2 };
    const work = host.transcribe(whole, options, { onSegment: () => process.kill(pid, "SIGSTOP") });
    await expect(work).rejects.toMatchObject({
      code: "tool.stalled",
      message: expect.stringContaining("no progress for 2 seconds"),
    });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test.each<[string, string, string]>([
    ["that talks nonsense", "echo nonsense; sleep 5", "engine.protocol"],
    [
      "of another protocol",
      `echo '{"type":"hello","protocol":99,"version":"1","whisper":"1","devices":[],"cpu_features":[],"physical_cores":1}'; sleep 5`,
      "engine.protocol",
    ],
    ["that ends at once", "exit 3", "engine.crashed"],
    ["that sends half a line and ends", "printf '{\"type\":'", "engine.crashed"],
  ])("a host %s is an error", async (_name, body, code) => {
    const path = join(temporaryFolder(), "fake-host");
    writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    await expect(newHost(60_000, path).loadModel(demoModel)).rejects.toMatchObject({ code });
  });

  test("a host that is not there is an error with a remedy", async () => {
    await expect(newHost(60_000, "/nonexistent/whisper-host").loadModel(demoModel)).rejects.toMatchObject({
      code: "engine.missing",
      remedy: expect.stringContaining("npm run native"),
    });
  });
});

/** The host itself, spoken to directly. */
describe("the protocol", () => {
  function raw(): {
    child: ChildProcess;
    send: (line: string | Buffer) => void;
    next: () => Promise<Record<string, unknown>>;
  } {
    const child = spawn(whisperHostBinary, [], { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    if (child.stdout === null || child.stdin === null) throw new Error("no pipes");
    const { stdin } = child;
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      child,
      send: (line) => stdin.write(Buffer.concat([Buffer.from(line), Buffer.from("\n")])),
      next: async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>,
    };
  }

  test("begins with hello, and every message fits its description", async () => {
    const host = raw();
    expect(hostMessageSchema.parse(await host.next()).type).toBe("hello");
    host.send(JSON.stringify({ id: 1, type: "load", path: demoModel }));
    expect(hostMessageSchema.parse(await host.next()).type).toBe("loaded");
    host.send(
      JSON.stringify({
        id: 2,
        type: "transcribe",
        pcm: pcmFile(),
        start_sample: 0,
        sample_count: seconds(40),
        beam_size: 1,
      }),
    );
    const seen = new Set<string>();
    for (;;) {
      const message = hostMessageSchema.parse(await host.next());
      seen.add(message.type);
      if (message.type === "done") break;
    }
    expect([...seen]).toEqual(expect.arrayContaining(["progress", "segment", "done"]));
    host.send(JSON.stringify({ id: 3, type: "unload" }));
    expect(await host.next()).toMatchObject({ id: 3, type: "unloaded" });
    host.send(JSON.stringify({ id: 4, type: "transcribe", pcm: "/x", sample_count: 10 }));
    expect(await host.next()).toMatchObject({ id: 4, type: "error", code: "no-model" });
  });

  test.each([
    ["not JSON", "hello there"],
    ["an array", "[1,2]"],
    ["no id", '{"type":"load"}'],
    ["an id that is none", '{"id":{},"type":"load"}'],
    ["no type", '{"id":1}'],
    ["an unknown type", '{"id":1,"type":"dance"}'],
    ["a load without a path", '{"id":1,"type":"load"}'],
    ["a load with a number for a path", '{"id":1,"type":"load","path":5}'],
    ["a transcription without sound", '{"id":1,"type":"transcribe"}'],
    ["a negative range", '{"id":1,"type":"transcribe","pcm":"/x","sample_count":-5}'],
    ["an absurd range", '{"id":1,"type":"transcribe","pcm":"/x","sample_count":1e300}'],
    ["text for a number", '{"id":1,"type":"transcribe","pcm":"/x","sample_count":"many"}'],
    ["a cancel without target", '{"id":1,"type":"cancel"}'],
    ["a line of two megabytes", "x".repeat(2_000_000)],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])("answers %s with an error and goes on", async (_name, line) => {
    const host = raw();
    await host.next();
    host.send(line);
    expect(await host.next()).toMatchObject({ type: "error", code: "bad-message" });
    host.send('{"id":"still here","type":"unload"}');
    expect(await host.next()).toMatchObject({ type: "unloaded", id: "still here" });
  });

  test("answers 500 lines of anything and is still there", async () => {
    const host = raw();
    await host.next();
    const nonsense = fc.sample(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.object().map((value) => JSON.stringify(value)),
      ),
      500,
    );
    for (const line of nonsense) host.send(line.replaceAll("\n", " "));
    host.send('{"id":"end","type":"unload"}');
    for (;;) {
      const message = await host.next();
      if (message.id === "end") break;
      expect(message.type).toBe("error");
    }
  });

  test("a cancel reaches a request that waits behind another one", async () => {
    const host = raw();
    await host.next();
    host.send(JSON.stringify({ id: 1, type: "load", path: demoModel }));
    await host.next();
    const request = { type: "transcribe", pcm: pcmFile(), start_sample: 0, sample_count: seconds(60), beam_size: 1 };
    host.send(JSON.stringify({ id: 2, ...request }));
    host.send(JSON.stringify({ id: 3, ...request }));
    host.send(JSON.stringify({ id: 3, ...request }));
    host.send(JSON.stringify({ id: 4, type: "cancel", target: 3 }));
    host.send(JSON.stringify({ id: 5, type: "cancel", target: "nobody" }));
    const ends: unknown[] = [];
    while (ends.length < 3) {
      const message = await host.next();
      if (message.type === "done" || message.type === "error") ends.push([message.id, message.code ?? message.type]);
    }
    expect(ends).toEqual([
      [3, "busy-id"],
      [2, "done"],
      [3, "cancelled"],
    ]);
  });

  test("ends when its input closes, even while it works", async () => {
    const host = raw();
    await host.next();
    host.send(JSON.stringify({ id: 1, type: "load", path: demoModel }));
    await host.next();
    host.send(
      JSON.stringify({ id: 2, type: "transcribe", pcm: pcmFile(), sample_count: pcm.length / 2, beam_size: 8 }),
    );
    await host.next();
    host.child.stdin?.end();
    const code = await new Promise((resolve) => host.child.once("exit", resolve));
    expect(code).toBe(0);
  });

  test("ends when its parent dies, although somebody else keeps its input open", async () => {
    const folder = temporaryFolder();
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    // The parent starts the host on a pipe that this test holds open, tells its pid and waits.
    const parent = spawn(
      process.execPath,
      [
        "--eval",
        `const { spawn } = require("node:child_process"); const { openSync } = require("node:fs");
        const host = spawn(${JSON.stringify(whisperHostBinary)}, [], { stdio: [openSync(${JSON.stringify(pipe)}, "r"), "ignore", "ignore"], detached: true });
        console.log(host.pid); setInterval(() => {}, 1000);`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const told = new Promise<string>((resolve) => parent.stdout.once("data", (data) => resolve(String(data))));
    const hold = openSync(pipe, "w");
    const pid = Number(await told);
    writeSync(hold, "\n");
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });
});
