import { mkdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { safeName } from "../../electron/platform/file-name.ts";
import { Lanes } from "../../electron/queue/lanes.ts";
import { Estimator } from "../../electron/transcription/estimator.ts";
import { cueProfile, optionsKey, workOptions } from "../../electron/transcription/options.ts";
import { datedName, newOutputFolder } from "../../electron/transcription/output-folder.ts";
import { freshCatalog } from "../support/station/catalog.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("estimates", () => {
  function estimator(
    decodeMs: number,
    speechMs: number,
  ): { readonly at: Estimator; readonly pass: (ms: number) => void } {
    let now = 1_000;
    const clock = { now: () => new Date(now), monotonicMs: () => now };
    return {
      at: new Estimator(clock, decodeMs, speechMs),
      pass: (ms) => {
        now += ms;
      },
    };
  }

  test("say nothing about the end before something has been measured, then go by this machine's speed", () => {
    const { at, pass } = estimator(600_000, 600_000);
    expect(at.decoded(300_000).etaMs).toBeUndefined();
    expect(at.recognized(0).etaMs).toBeUndefined();
    pass(10_000);
    expect(at.recognized(100_000).etaMs).toBe(50_000);
    pass(10_000);
    expect(at.recognized(400_000).etaMs).toBe(10_000);
  });

  test("never go back, and stay inside 0 and 1, whatever is reported", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.nat(10_000_000),
        fc.array(fc.tuple(fc.boolean(), fc.nat(12_000_000))),
        (decode, speech, reports) => {
          const { at, pass } = estimator(decode, speech);
          let last = 0;
          for (const [decoding, ms] of reports) {
            pass(1_000);
            const { share } = decoding ? at.decoded(ms) : at.recognized(ms);
            expect(share).toBeGreaterThanOrEqual(last);
            expect(share).toBeLessThanOrEqual(1);
            last = share;
          }
        },
      ),
    );
  });

  test("of resumed work begin at what is left", () => {
    const { at } = estimator(0, 300_000);
    expect(at.recognized(150_000).share).toBeCloseTo(0.49);
  });
});

describe("lanes", () => {
  test("do one thing at a time each, and not more", async () => {
    const lanes = new Lanes({ disk: 1, speech: 1, render: 1, network: 1 });
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running++;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    await Promise.all(Array.from({ length: 20 }, () => lanes.run("speech", undefined, work)));
    expect(most).toBe(1);
  });

  test("do not begin what has been interrupted meanwhile", async () => {
    const lanes = new Lanes({ disk: 1, speech: 1, render: 1, network: 1 });
    const controller = new AbortController();
    const first = lanes.run("disk", undefined, async () => controller.abort());
    const second = lanes.run("disk", controller.signal, async () => "begun");
    await first;
    await expect(second).rejects.toMatchObject({ code: "interrupted" });
  });
});

describe("output folders", () => {
  test.each([
    ["council", "council"],
    ['2026/11: "special" <meeting>?', "2026-11- -special- -meeting--"],
    ["...", "recording"],
    ["name. ", "name"],
    ["Réunion 📼", "Réunion 📼"],
    ["a\nb\0c", "a-b-c"],
  ])("%j is safe as %j", (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  test("any name becomes one that a file system takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (name) => {
        const safe = safeName(name);
        expect(safe).not.toBe("");
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(180);
        expect(safe).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[.\s]|[.\s]$/u);
      }),
    );
  });

  test("carry the local date, and a number where the place is taken", async () => {
    const root = temporaryFolder();
    const catalog = freshCatalog();
    const date = new Date(2026, 10, 20, 23, 30);
    const wanted = join(root, datedName("/share/council.mp4", date));
    const first = await newOutputFolder(catalog, wanted);
    expect(first).toBe(join(root, "2026-11-20-council"));
    mkdirSync(first);
    expect(await newOutputFolder(catalog, wanted)).toBe(join(root, "2026-11-20-council-2"));
  });
});

describe("options", () => {
  const settings = settingsSchema.parse({});

  test("have one digest for the same work, another for another", () => {
    const request = { language: "en", translate: false, glossaryName: undefined };
    const makeKey = (changes: unknown, about: Partial<typeof request> | { readonly glossaryName: string } = {}) =>
      optionsKey(workOptions(settingsSchema.parse(changes), { ...request, ...about }));
    const key = optionsKey(workOptions(settings, request));
    expect(makeKey({})).toBe(key);
    expect(makeKey({}, { language: "es" })).not.toBe(key);
    expect(makeKey({}, { translate: true })).not.toBe(key);
    expect(makeKey({}, { glossaryName: "Oakdale" })).not.toBe(key);
    expect(makeKey({ speech: { windowSeconds: 20 } })).not.toBe(key);
    // What does not change words and cues does not make it other work.
    expect(makeKey({ speech: { threads: 3, gpu: false }, log: { level: "debug" } })).toBe(key);
  });

  test("keep the glossary's name in the field that existing catalogs have it in", () => {
    const options = workOptions(settings, { language: "en", translate: false, glossaryName: "Oakdale" });
    expect(Object.entries(options).slice(0, 4)).toEqual([
      ["pipeline", 2],
      ["language", "en"],
      ["translate", false],
      ["city", "Oakdale"],
    ]);
  });

  test("give the caption rules that the settings ask for", () => {
    const { captions } = settingsSchema.parse({ captions: { maxLines: 3, minSeconds: 1.5 } });
    expect(cueProfile(captions)).toMatchObject({ maxLines: 3, minMs: 1_500, maxLineLength: 32 });
  });
});
