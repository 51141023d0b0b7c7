import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detectByNetwork, networkStepMs } from "../../../electron/speech/detection/network-detector.ts";
import { whisperHostBinary } from "../../../electron/speech/whisper-host/binary.ts";
import { demoModel } from "../../support/paths.ts";
import { isAlive } from "../../support/process/processes.ts";
import { greedy, newHost, part, pcmFile, seconds } from "../../support/speech/engines.ts";
import { fakeHost } from "../../support/speech/fake-host.ts";
import { baseSize, writeRandomModel } from "../../support/speech/random-model.ts";
import { sileroNetwork, writeSileroNetwork } from "../../support/speech/silero-network.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("the model", () => {
  test("stays loaded over requests, and is let go when there is nothing to do", async () => {
    const host = newHost({ idleMs: 300 });
    await host.loadModel({ path: demoModel });
    const { pid = 0 } = host;
    const path = pcmFile();
    await host.transcribe(part(path, [2, 7]), greedy);
    await host.loadModel({ path: demoModel });
    await host.transcribe(part(path, [2, 7]), greedy);
    expect(host.pid).toBe(pid);
    await expect.poll(() => isAlive(pid)).toBe(false);
    // And comes back when it is needed.
    await host.loadModel({ path: demoModel });
    expect((await host.transcribe(part(path, [2, 7]), greedy)).segments.length).toBeGreaterThan(0);
  });

  test("is not let go in the middle of work that takes longer than idleness may", async () => {
    const host = newHost({ idleMs: 50 });
    await host.loadModel({ path: demoModel });
    const work = host.transcribe(part(pcmFile(), [0, 60]), { ...greedy, beamSize: 8 });
    expect((await work).segments.length).toBeGreaterThan(5);
  });

  test("stops inside a window, which alone takes longer than a cancel may", async () => {
    const model = join(temporaryFolder(), "ggml-random.bin");
    writeRandomModel(model, baseSize);
    const host = newHost();
    await host.loadModel({ path: model });
    const { pid } = host;
    const controller = new AbortController();
    // The first progress comes before the first window: on one thread its encoder alone takes seconds.
    const work = host.transcribe(part(pcmFile(), [0, 30]), greedy, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    // A host that had not obeyed within 0.8 s would have been ended.
    expect(host.pid).toBe(pid);
    // And its working state is as good as new.
    await host.loadModel({ path: demoModel });
    expect((await host.transcribe(part(pcmFile(), [2, 7]), greedy)).segments.length).toBeGreaterThan(0);
  });

  test("that is too large for the memory that is to be had is refused, and the host goes on", async () => {
    const model = join(temporaryFolder(), "ggml-random.bin");
    writeRandomModel(model, { state: 768, heads: 12, layers: 12 });
    // Enough for the demo model with its working space, not for 480 MB of weights.
    const host = newHost({
      binary: fakeHost(`export MALLOC_ARENA_MAX=1; ulimit -v 640000; exec '${whisperHostBinary}'`),
    });
    await expect(host.loadModel({ path: model })).rejects.toMatchObject({ code: "engine.out-of-memory" });
    await host.loadModel({ path: demoModel });
    expect((await host.transcribe(part(pcmFile(), [2, 7]), greedy)).segments.length).toBeGreaterThan(0);
  });
});

describe("word times from the model's attention", () => {
  test("are in order and near those of the sound", async () => {
    const host = newHost();
    const path = pcmFile();
    await host.loadModel({ path: demoModel });
    const bySound = await host.transcribe(part(path, [1.5, 29]), greedy);
    await host.loadModel({ path: demoModel, alignment: "top" });
    const byAttention = await host.transcribe(part(path, [1.5, 29]), greedy);
    const words = byAttention.segments.flatMap((segment) => segment.words);
    const others = bySound.segments.flatMap((segment) => segment.words);
    expect(words.length).toBeGreaterThan(50);
    expect(Math.abs(words.length - others.length)).toBeLessThanOrEqual(3);
    const pairs = words.flatMap((word) => {
      const same = others.find(({ text, startMs }) => text === word.text && Math.abs(startMs - word.startMs) < 1_000);
      return same === undefined ? [] : [Math.abs(same.startMs - word.startMs)];
    });
    expect(pairs.length).toBeGreaterThan(words.length * 0.8);
    expect(pairs.reduce((sum, gap) => sum + gap, 0) / pairs.length).toBeLessThan(400);
  });

  test("from heads that nobody knows are refused", async () => {
    await expect(newHost().loadModel({ path: demoModel, alignment: "nobody" })).rejects.toMatchObject({
      code: "engine.failed",
      message: expect.stringContaining("nobody"),
    });
  });

  test("of numbers are marked as estimated", async () => {
    const host = newHost();
    await host.loadModel({ path: demoModel });
    const { segments } = await host.transcribe(part(pcmFile(Buffer.alloc(seconds(12) * 2)), [0, 12]), greedy);
    // Whatever the demo model hears in nothing, no sound says when.
    for (const { words } of segments) for (const word of words) expect(word.estimated).toBe(true);
  });
});

describe("speech detection", () => {
  /** Sound at these seconds, and nothing between: the handmade network takes any hiss that is raised for speech. */
  function bursts(lengthSeconds: number, spans: readonly (readonly [number, number])[]): string {
    const samples = Buffer.alloc(seconds(lengthSeconds) * 2);
    for (let index = 0; index < samples.length / 2; index++) {
      const at = index / 16_000;
      const loud = spans.some(([from, to]) => from <= at && at < to);
      const tone = Math.sin(2 * Math.PI * 440 * at) + Math.sin(2 * Math.PI * 1_234 * at);
      samples.writeInt16LE(Math.round(loud ? tone * 4_000 : 0), index * 2);
    }
    return pcmFile(samples);
  }

  function network(): string {
    const path = join(temporaryFolder(), "ggml-silero-v6.2.0.bin");
    writeSileroNetwork(path);
    return path;
  }

  test("finds speech where it is, over the borders of the parts that it is read in", async () => {
    const host = newHost();
    const spans = [
      [2, 5],
      // The parts are 16 seconds long.
      [14.5, 17.5],
      [40, 40.5],
    ] as const;
    const progress: number[] = [];
    const pcm = bursts(60, spans);
    const probabilities = await host.detectSpeech({ pcm, sampleCount: seconds(60) }, network(), {
      onProgress: (share) => progress.push(share),
    });
    expect(probabilities).toHaveLength(60_000 / networkStepMs);
    const found = detectByNetwork(probabilities);
    expect(found).toHaveLength(3);
    found.forEach(({ startMs, endMs }, index) => {
      const [from = 0, to = 0] = spans[index] ?? [];
      expect(Math.abs(startMs - from * 1_000)).toBeLessThan(120);
      expect(Math.abs(endMs - to * 1_000)).toBeLessThan(120);
    });
    expect(progress.at(-1)).toBe(1);
  });

  test("finds nothing in nothing, and does so again", async () => {
    const host = newHost();
    const silence = { pcm: pcmFile(Buffer.alloc(seconds(40) * 2)), sampleCount: seconds(40) };
    const first = await host.detectSpeech(silence, network());
    expect(Math.max(...first)).toBeLessThan(50);
    expect(await host.detectSpeech(silence, network())).toEqual(first);
  });

  test("is cancelled within a second", async () => {
    const host = newHost();
    const controller = new AbortController();
    const long = { pcm: pcmFile(Buffer.alloc(seconds(3_600) * 2)), sampleCount: seconds(3_600) };
    const work = host.detectSpeech(long, network(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    const { pid } = host;
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    expect(host.pid).toBe(pid);
  });

  test.each<[string, (network: Buffer) => Buffer, string]>([
    ["is a speech model", () => readFileSync(demoModel), "model.invalid"],
    ["is cut in the middle", (whole) => whole.subarray(0, 300_000), "model.truncated"],
    ["is cut behind its head", (whole) => whole.subarray(0, 106), "model.truncated"],
    ["is cut by its last byte", (whole) => whole.subarray(0, whole.length - 1), "model.truncated"],
    [
      "has a head of nonsense",
      (whole) => Buffer.concat([whole.subarray(0, 30), Buffer.alloc(90_000, 0x7f)]),
      "model.invalid",
    ],
  ])("with a network that %s is refused, and the host goes on", async (_name, spoil, code) => {
    const path = join(temporaryFolder(), "ggml-silero.bin");
    writeFileSync(path, spoil(sileroNetwork()));
    const host = newHost();
    const silence = { pcm: pcmFile(Buffer.alloc(seconds(2) * 2)), sampleCount: seconds(2) };
    await expect(host.detectSpeech(silence, path)).rejects.toMatchObject({ code });
    expect(await host.detectSpeech(silence, network())).toHaveLength(63);
  });
});

describe("a graphics processor that fails", () => {
  const hello = `echo '{"type":"hello","protocol":3,"version":"1","whisper":"1","devices":[{"name":"CPU","description":"x","kind":"cpu"},{"name":"CUDA0","description":"x","kind":"gpu"}],"cpu_features":[],"physical_cores":1}'`;
  const loadedOn = (gpu: boolean): string =>
    `printf '{"type":"loaded","id":%s,"elapsed_ms":1,"model":{"multilingual":true,"on_gpu":${gpu}}}\\n' "$id"`;
  const each = `while read -r line; do id=$(printf %s "$line" | sed 's/.*"id":\\([0-9]*\\).*/\\1/');`;
  const done = `printf '{"type":"done","id":%s,"segments":0,"words":0,"language":"en","windows":1}\\n' "$id"`;

  test.each([
    ["when the model is loaded", `*'"gpu":true'*) exit 139;;`],
    ["in the middle of work", `*'"gpu":true'*) touch "$0.gpu"; ${loadedOn(true)};;`],
  ])("%s leaves the work to the CPU, with a notice", async (_name, onGpu) => {
    const notices: string[] = [];
    const host = newHost({
      onNotice: (message) => notices.push(message),
      binary: fakeHost(
        `${hello}\n${each} case "$line" in ${onGpu} *'"load"'*) rm -f "$0.gpu"; ${loadedOn(false)};; *transcribe*) [ -e "$0.gpu" ] && exit 139; ${done};; esac; done`,
      ),
    });
    const range = part("/dev/null", [0, 1]);
    const attempt = async (): Promise<unknown> => {
      await host.loadModel({ path: demoModel });
      return host.transcribe(range, greedy);
    };
    await expect(attempt()).rejects.toMatchObject({ code: "engine.crashed", retryable: true });
    expect(await attempt()).toEqual({ segments: [], language: "en", windows: 1 });
    expect(notices).toEqual([
      "The graphics processor failed (the speech engine failed while it computed (SIGSEGV)). The CPU does the work from now on.",
    ]);
  });

  test("that cannot hold the model is told by the host itself", async () => {
    const notices: string[] = [];
    const loaded = `printf '{"type":"loaded","id":%s,"elapsed_ms":1,"model":{"multilingual":true,"on_gpu":false,"notice":"no room"}}\\n' "$id"`;
    const host = newHost({
      onNotice: (message) => notices.push(message),
      binary: fakeHost(`${hello}\n${each} ${loaded}; done`),
    });
    await host.loadModel({ path: demoModel });
    expect(notices).toEqual(["no room"]);
  });
});

describe("what goes wrong", () => {
  test("a host that hangs is ended by the watchdog", async () => {
    const host = newHost({ stallMs: 1_500 });
    await host.loadModel({ path: demoModel });
    const pid = host.pid ?? 0;
    const work = host.transcribe(part(pcmFile(), [0, 130]), greedy, { onSegment: () => process.kill(pid, "SIGSTOP") });
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
    await expect(newHost({ binary: fakeHost(body) }).loadModel({ path: demoModel })).rejects.toMatchObject({ code });
  });

  test.each([
    ["no JSON", "}{"],
    ["an answer to nobody", '{"type":"done","id":"x"}'],
    ["a second greeting", '{"type":"hello"}'],
    ["half a word of another program", "Segmentation fault"],
  ])("a host that says %s in the middle of work is ended, and the work may be tried again", async (_name, line) => {
    const hello = `{"type":"hello","protocol":3,"version":"1","whisper":"1","devices":[],"cpu_features":[],"physical_cores":1}`;
    const loaded = `{"type":"loaded","id":1,"elapsed_ms":1,"model":{"multilingual":true,"on_gpu":false}}`;
    const host = newHost({
      binary: fakeHost(`echo '${hello}'; read -r load; echo '${loaded}'; read -r work; echo '${line}'; sleep 30`),
    });
    await host.loadModel({ path: demoModel });
    const pid = host.pid ?? 0;
    await expect(host.transcribe(part("/dev/null", [0, 1]), greedy)).rejects.toMatchObject({
      code: "engine.protocol",
      retryable: true,
    });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("a host that is not there is an error with a remedy", async () => {
    await expect(newHost({ binary: "/nonexistent/whisper-host" }).loadModel({ path: demoModel })).rejects.toMatchObject(
      {
        code: "engine.missing",
        remedy: expect.stringContaining("npm run native"),
      },
    );
  });
});
