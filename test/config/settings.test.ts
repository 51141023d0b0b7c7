import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadSettings } from "../../electron/config/settings.ts";
import { temporaryFolder } from "../support/temporary.ts";

function file(content: string): string {
  const path = join(temporaryFolder(), "settings.json");
  writeFileSync(path, content);
  return path;
}

const nowhere = "/nonexistent/settings.json";

function failure(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return { code, message };
  }
  throw new Error("nothing was thrown");
}

describe("settings", () => {
  test("are the defaults without a file", () => {
    expect(loadSettings(nowhere, {}).speech.beamSize).toBe(1);
  });

  test("the file goes over the defaults, the environment over the file", () => {
    const path = file('\uFEFF{ "speech": { "windowSeconds": 20, "language": "es" } }');
    const settings = loadSettings(path, {
      ARCHIVIST_SPEECH_WINDOW_SECONDS: "7.5",
      ARCHIVIST_SPEECH_TRANSLATE: "True",
      OTHER: "x",
    });
    expect(settings.speech).toMatchObject({ windowSeconds: 7.5, translate: true, language: "es", beamSize: 1 });
  });

  test("lists and paths come from the environment as text", () => {
    const settings = loadSettings(nowhere, {
      ARCHIVIST_OUTPUT_FORMATS: "scc, vtt",
      ARCHIVIST_MEDIA_FFMPEG_PATH: "/opt/ffmpeg",
      ARCHIVIST_DATA_DIR: "/data",
    });
    expect(settings.output.formats).toEqual(["scc", "vtt"]);
    expect(settings.media.ffmpegPath).toBe("/opt/ffmpeg");
  });

  test("variables of the measurements are none of the settings", () => {
    const settings = loadSettings(nowhere, { ARCHIVIST_BENCH_MODELS: "/models", ARCHIVIST_BENCH_SETS: "/sets" });
    expect(settings).toEqual(loadSettings(nowhere, {}));
  });

  test("an empty file and an empty variable change nothing", () => {
    expect(loadSettings(file(" \n"), { ARCHIVIST_SPEECH_MODEL: "" }).speech.model).toBe("auto");
  });

  test.each<[string, string, NodeJS.ProcessEnv, RegExp]>([
    [
      "wrong value in the file",
      '{"speech":{"windowSeconds":"ten"}}',
      {},
      /^speech\.windowSeconds \(.*settings\.json\): it is "ten", but it must be a number of seconds from 5 to 30$/,
    ],
    [
      "value out of range",
      '{"speech":{"beamSize":9}}',
      {},
      /speech\.beamSize .*it is 9, but it must be a whole number from 1 to 8/,
    ],
    [
      "wrong value in the environment",
      "{}",
      { ARCHIVIST_SPEECH_THREADS: "many" },
      /^speech\.threads \(ARCHIVIST_SPEECH_THREADS in the environment\): it is "many"/,
    ],
    [
      "unknown format in a list",
      "{}",
      { ARCHIVIST_OUTPUT_FORMATS: "scc,doc" },
      /output\.formats .*must be a list out of scc, mcc, vtt/,
    ],
    [
      "a relative path",
      "{}",
      { ARCHIVIST_OUTPUT_FOLDER: "captions" },
      /output\.folder .*it is "captions", but it must be the absolute path of a folder, or null/,
    ],
    [
      "unknown setting",
      '{"speech":{"windowSecnds":5}}',
      {},
      /speech\.windowSecnds .*the nearest is speech\.windowSeconds\)/,
    ],
    [
      "a switch that is neither",
      "{}",
      { ARCHIVIST_SPEECH_TRANSLATE: "perhaps" },
      /speech\.translate .*it is "perhaps", but it must be true or false/,
    ],
    ["unknown group", '{"speach":{}}', {}, /there is no setting of this name/],
    [
      "a group that is no group",
      '{"speech": 5}',
      {},
      /^speech .*it is 5, but it must be a group of settings in braces/,
    ],
    [
      "unknown variable",
      "{}",
      { ARCHIVIST_SPEECH_MODLE: "x" },
      /ARCHIVIST_SPEECH_MODLE.*the nearest is ARCHIVIST_SPEECH_MODEL\)/,
    ],
  ])("%s: says which, what it is, and what it must be", (_name, content, environment, message) => {
    const error = failure(() => loadSettings(file(content), environment));
    expect(error.code).toBe("settings.invalid");
    expect(error.message).toMatch(message);
  });

  test.each(["{", "[1]", '"text"', "null", "{ 'a': 1 }"])("%s is not a settings file", (content) => {
    expect(failure(() => loadSettings(file(content), {})).code).toBe("settings.unreadable");
  });
});
