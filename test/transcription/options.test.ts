import { describe, expect, test } from "vitest";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { cueProfile, getCityProfile, optionsKey, workOptions } from "../../electron/transcription/options.ts";

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
    expect(makeKey({ captions: { speakerLabels: "names" } })).not.toBe(key);
    expect(makeKey({ captions: { style: "us, times=p.m." } })).toBe(key);
    expect(makeKey({ captions: { style: "uk" } })).not.toBe(key);
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

  test("label speakers as the city asks, else as the station does, whatever the profile", () => {
    const station = settingsSchema.parse({ captions: { speakerLabels: "names" } });
    const city = { captionProfile: "dcmp", speakerLabels: null } as const;
    expect(getCityProfile(station, undefined).cues.speakerLabels).toBe("names");
    expect(getCityProfile(station, city).cues).toMatchObject({ speakerLabels: "names", align: "left" });
    expect(getCityProfile(station, { ...city, speakerLabels: "none" }).cues.speakerLabels).toBe("none");
    expect(getCityProfile(settings, city).cues.speakerLabels).toBe("arrows");
  });

  test("give the caption rules that the settings ask for", () => {
    const { captions } = settingsSchema.parse({ captions: { maxLines: 3, minSeconds: 1.5 } });
    expect(cueProfile(captions)).toMatchObject({ maxLines: 3, minMs: 1_500, maxLineLength: 32 });
  });
});
