import { beforeEach, describe, expect, test } from "vitest";
import type { RecognizedWindow, SoundWindows, WindowsOptions } from "../../../electron/speech/engine.ts";
import type { WhisperHost } from "../../../electron/speech/whisper-host/whisper-host.ts";
import { demoModel } from "../../support/paths.ts";
import { greedy, newHost, part, pcmFile } from "../../support/speech/engines.ts";

const options: WindowsOptions = { language: "en", translate: false, names: [], threads: 1 };

async function open(): Promise<WhisperHost> {
  const host = newHost();
  await host.loadModel({ path: demoModel });
  return host;
}

function toWindows(pcm: string, spans: readonly (readonly [number, number])[]): SoundWindows {
  return { pcm, windows: spans.map((span) => part(pcm, span).stretches) };
}

async function transcribe(host: WhisperHost, sound: SoundWindows, changes: Partial<WindowsOptions> = {}) {
  const windows: RecognizedWindow[] = [];
  await host.transcribeWindows(sound, { ...options, ...changes }, { onWindow: (window) => windows.push(window) });
  return windows.toSorted((a, b) => a.index - b.index);
}

const toText = ({ segments }: Pick<RecognizedWindow, "segments">): string =>
  segments.flatMap(({ words }) => words.map(({ text }) => text)).join(" ");

describe("several windows at once", () => {
  let pcm = "";
  beforeEach(() => {
    pcm = pcmFile();
  });

  test("have the words that each of them has alone", { timeout: 120_000 }, async () => {
    const host = await open();
    const spans = [
      [0, 9],
      [9, 18],
      [18, 30],
    ] as const;
    const together = await transcribe(host, toWindows(pcm, spans));
    expect(together.map(toText).join(" ").split(" ").length).toBeGreaterThan(20);
    for (const [index, span] of spans.entries()) {
      const [alone] = await transcribe(host, toWindows(pcm, [span]));
      expect(toText(together[index] as RecognizedWindow)).toBe(toText(alone as RecognizedWindow));
    }
  });

  test("have times inside their own sound, in order", { timeout: 120_000 }, async () => {
    const host = await open();
    const spans = [
      [2, 12],
      [20, 29],
    ] as const;
    const windows = await transcribe(host, toWindows(pcm, spans));
    for (const [index, [from, to]] of spans.entries()) {
      const words = windows[index]?.segments.flatMap((segment) => segment.words) ?? [];
      expect(words.length).toBeGreaterThan(3);
      let before = from * 1000;
      for (const { startMs, endMs } of words) {
        expect(startMs).toBeGreaterThanOrEqual(before);
        expect(endMs).toBeLessThanOrEqual(to * 1000);
        before = startMs;
      }
    }
  });

  test("are each told once, also when there are more than fit together", { timeout: 120_000 }, async () => {
    const host = await open();
    const spans = Array.from({ length: 20 }, (_, index) => [index * 1.5, index * 1.5 + 1.5] as const);
    const shares: number[] = [];
    const windows: RecognizedWindow[] = [];
    await host.transcribeWindows(toWindows(pcm, spans), options, {
      onWindow: (window) => windows.push(window),
      onProgress: (share) => shares.push(share),
    });
    expect(windows.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(spans.map((_, index) => index));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test("are given up when they are canceled, and the host goes on", { timeout: 120_000 }, async () => {
    const host = await open();
    const spans = Array.from({ length: 40 }, () => [0, 29] as const);
    const controller = new AbortController();
    const running = host.transcribeWindows(toWindows(pcm, spans), options, {
      signal: controller.signal,
      onWindow: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "interrupted" });
    const { segments } = await host.transcribe(part(pcm, [0, 9]), greedy);
    expect(toText({ segments })).not.toBe("");
  });

  test("keep their words when names are given that were not said", { timeout: 120_000 }, async () => {
    const host = await open();
    const sound = toWindows(pcm, [
      [0, 15],
      [15, 30],
    ]);
    const names = ["Okafor", "Delacroix", "Nakamura", "Wayzata", "Puyallup", "Kalispell", "Brannigan", "Quattlebaum"];
    const plain = await transcribe(host, sound);
    const named = await transcribe(host, sound, { names });
    expect(named.map(toText)).toEqual(plain.map(toText));
  });

  test("that are none, or lie outside of the file, are refused", { timeout: 120_000 }, async () => {
    const host = await open();
    await expect(transcribe(host, { pcm, windows: [] })).rejects.toMatchObject({ code: "engine.failed" });
    await expect(transcribe(host, toWindows(pcm, [[9_000, 9_010]]))).rejects.toMatchObject({ code: "engine.failed" });
    await expect(transcribe(host, toWindows(pcm, [[0, 5]]), { language: "xx" })).rejects.toMatchObject({
      code: "model.language",
    });
  });
});
