import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bestModel, chooseModel } from "../../../electron/speech/models/choose-model.ts";
import {
  demoModelName,
  type FoundModel,
  findModel,
  findVoiceDetector,
  listFoundModels,
} from "../../../electron/speech/models/found-models.ts";
import { inspectModel } from "../../../electron/speech/models/model-file.ts";
import { modelAddress, officialModel, officialModels } from "../../../electron/speech/models/official-models.ts";
import { demoModel } from "../../support/paths.ts";
import { writeSileroNetwork } from "../../support/speech/silero-network.ts";
import { writeToneParakeet } from "../../support/speech/tone-parakeet.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("models", () => {
  test("the one that ships is found by name, and is English", () => {
    expect(findModel(demoModelName, temporaryFolder())).toMatchObject({ path: demoModel, multilingual: false });
  });

  test("in the user's folder are found by whisper.cpp's names, and go before what ships", () => {
    const folder = temporaryFolder();
    copyFileSync(demoModel, join(folder, "ggml-base.en.bin"));
    copyFileSync(demoModel, join(folder, `${demoModelName}.bin`));
    expect(findModel("base.en", folder).path).toBe(join(folder, "ggml-base.en.bin"));
    expect(findModel(demoModelName, folder).path).toBe(join(folder, `${demoModelName}.bin`));
    const found = listFoundModels(folder).filter(({ kind }) => kind === "speech");
    expect(found.map(({ name }) => name)).toEqual([demoModelName, "base.en"].sort());
  });

  test("are found by path, whatever they are called", () => {
    const path = join(temporaryFolder(), "my model");
    copyFileSync(demoModel, path);
    expect(findModel(path, "/nonexistent").path).toBe(path);
  });

  test("that are not here say how to get them", () => {
    expect(() => findModel("base.en", "/data/models")).toThrow(
      expect.objectContaining({ code: "model.missing", remedy: "Run `archivist models pull base.en` (149 MB)." }),
    );
    expect(() => findModel("bse.en", "/data/models")).toThrow(/did you mean base\.en\?/);
    expect(() => findModel("/nonexistent/x.bin", "/data/models")).toThrow(/there is no such model file/);
  });

  test.each<[string, (path: string) => void, string]>([
    ["text", (path) => writeFileSync(path, "hello, I am a model"), "model.invalid"],
    ["nothing", (path) => writeFileSync(path, ""), "model.invalid"],
    ["a folder", (path) => mkdirSync(path), "file.is-folder"],
  ])("%s is no model", (_name, make, code) => {
    const path = join(temporaryFolder(), "ggml-fake.bin");
    make(path);
    expect(() => inspectModel(path)).toThrow(expect.objectContaining({ code }));
  });

  test("that tell speech from silence are found, the newest one, and are no speech models", () => {
    const folder = temporaryFolder();
    // One ships.
    expect(findVoiceDetector(folder)).toMatchObject({ name: "silero-v6.2.0", kind: "voice-detection" });
    writeSileroNetwork(join(folder, "ggml-silero-v5.1.2.bin"));
    writeSileroNetwork(join(folder, "ggml-silero-v6.10.0.bin"));
    writeSileroNetwork(join(folder, "ggml-silero-v6.2.0.bin"));
    expect(findVoiceDetector(folder)?.name).toBe("silero-v6.10.0");
    expect(() => findModel("silero-v5.1.2", folder)).toThrow(expect.objectContaining({ code: "model.invalid" }));
  });
});

describe("the list of published models", () => {
  const require = createRequire(import.meta.url);
  const models = join(dirname(require.resolve("nodejs-whisper/package.json")), "cpp/whisper.cpp/models");
  const source = (name: string): string => readFileSync(join(models, name), "utf8");

  test("has every checksum that whisper.cpp's sources list", () => {
    const rows = [...source("README.md").matchAll(/^\| ([\w.-]+) +\| +([\d.]+ [MG]iB) +\| `([0-9a-f]{40})` \|$/gm)];
    expect(rows.length).toBe(16);
    for (const [, name, , sha1] of rows) {
      // A model for telling speakers apart, which whisper.cpp calls experimental.
      if (name === "small.en-tdrz") continue;
      expect(officialModel(name ?? "")?.checksum, name).toEqual({ algorithm: "sha1", hex: sha1 });
    }
  });

  test("has every model that whisper.cpp's own scripts download, under their addresses", () => {
    const names = (script: string, variable: string): readonly string[] =>
      (new RegExp(`${variable}="([^"]+)"`).exec(source(script))?.[1] ?? "").split(/\s+/).filter(Boolean);
    const wanted = [...names("download-ggml-model.sh", "models"), ...names("download-vad-model.sh", "models")];
    expect(wanted.length).toBeGreaterThan(30);
    for (const name of wanted.filter((each) => each !== "small.en-tdrz"))
      expect(officialModel(name), name).toBeDefined();
    for (const model of officialModels) {
      if (model.family === "parakeet") continue;
      const script = source(model.kind === "speech" ? "download-ggml-model.sh" : "download-vad-model.sh");
      const [, place] = /^src="([^"]+)"/m.exec(script) ?? [];
      expect(modelAddress(model, null)).toBe(`${place}/resolve/main/ggml-${model.name}.bin`);
    }
  });

  test("has Parakeet under the names that whisper.cpp's own script uploads, with its license", () => {
    const script = source("../scripts/upload-parakeet.py");
    const names = [...script.matchAll(/"remote_name": +"(?:ggml-)?([^"]+)\.bin"/g)].map(([, name]) => name);
    const parakeets = officialModels.filter(({ family }) => family === "parakeet");
    expect(parakeets.length).toBeGreaterThan(0);
    for (const model of parakeets) {
      expect(names).toContain(model.name);
      expect(model).toMatchObject({
        languages: "25 European languages",
        license: expect.stringMatching(/^CC-BY-4\.0 \(NVIDIA, .*converted/),
        checksum: { algorithm: "sha256", hex: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
      expect(modelAddress(model, null)).toBe(
        `https://huggingface.co/ggml-org/parakeet-GGUF/resolve/main/ggml-${model.name}.bin`,
      );
    }
  });

  test("says which know English only, and takes a mirror", () => {
    expect(officialModel("base.en-q5_1")?.languages).toBe("English");
    expect(officialModel("large-v3-turbo")?.languages).toBe("99 languages");
    const tiny = officialModel("tiny");
    if (tiny === undefined) throw new Error("tiny is not there");
    expect(modelAddress(tiny, "https://mirror.local/models/")).toBe("https://mirror.local/models/ggml-tiny.bin");
  });
});

describe("the choice of a model", () => {
  const machine = (gigabytes: number) => ({ memoryBytes: gigabytes * 1024 ** 3, cores: 8 });
  const model = (name: string, megabytes: number): FoundModel => ({
    name,
    path: `/models/${name}`,
    kind: name.startsWith("silero") ? "voice-detection" : "speech",
    sizeBytes: megabytes * 1024 ** 2,
    family: name.startsWith("silero") ? "silero" : name.startsWith("parakeet") ? "parakeet" : "whisper",
    multilingual: !name.includes(".en") && !name.includes("-v2"),
    memoryBytes: megabytes * 1024 ** 2,
  });
  const here = [
    model("tiny.en", 280),
    model("base", 392),
    model("base.en", 392),
    model("medium-q5_0", 1_044),
    model("medium", 2_063),
    model("large-v3-turbo", 2_399),
    model("large-v3", 3_802),
    model("silero-v6.2.0", 1),
    model(demoModelName, 200),
  ];

  test.each([
    [16, "en", "large-v3-turbo"],
    [3.2, "en", "medium"],
    [2.5, "en", "medium-q5_0"],
    [1.5, "en", "base.en"],
    [1.5, "es", "base"],
    [1.5, "auto", "base"],
    [1.3, "en", "tiny.en"],
    [1.3, "es", undefined],
    [1, "en", undefined],
  ])("with %d GB for %s is %s", (gigabytes, language, name) => {
    expect(bestModel(here, { language, translate: false }, machine(gigabytes))?.name).toBe(name);
  });

  const withParakeet = [...here, model("parakeet-tdt-0.6b-v3-q8_0", 988), model("parakeet-tdt-0.6b-v2", 978)];

  test.each([
    [16, "en", false, "parakeet-tdt-0.6b-v2"],
    [16, "es", false, "parakeet-tdt-0.6b-v3-q8_0"],
    [2, "uk", false, "parakeet-tdt-0.6b-v3-q8_0"],
    // Languages that it does not know, or cannot tell, and what it cannot do.
    [16, "so", false, "large-v3-turbo"],
    [16, "auto", false, "large-v3-turbo"],
    [16, "es", true, "large-v3-turbo"],
    [1.5, "en", false, "base.en"],
  ])("with %d GB and Parakeet for %s (translated: %s) is %s", (gigabytes, language, translate, name) => {
    const request = { language, translate, engine: "whisper-host" } as const;
    expect(bestModel(withParakeet, request, machine(gigabytes))?.name).toBe(name);
  });

  test("is none of Parakeet's for an engine that runs Whisper models only", () => {
    const request = { language: "en", translate: false, engine: "whisper-node" } as const;
    expect(bestModel(withParakeet, request, machine(16))?.name).toBe("large-v3-turbo");
    const folder = temporaryFolder();
    writeToneParakeet(join(folder, "ggml-tones.bin"));
    expect(() => chooseModel({ ...request, model: "tones" }, folder, machine(8))).toThrow(
      expect.objectContaining({ code: "model.invalid", message: expect.stringContaining("whisper-node") }),
    );
    expect(chooseModel({ ...request, engine: "whisper-host", model: "tones" }, folder, machine(8)).family).toBe(
      "parakeet",
    );
  });

  test.each([
    ["so", false, /does not know the language so/],
    ["auto", false, /does not tell which language/],
    ["en", true, /does not translate/],
  ])("of a Parakeet of many languages for %s (translated: %s) is refused", (language, translate, message) => {
    const folder = temporaryFolder();
    writeToneParakeet(join(folder, "ggml-tones.bin"), 5_000);
    const request = { model: "tones", language, translate, engine: "whisper-host" } as const;
    expect(() => chooseModel(request, folder, machine(8))).toThrow(
      expect.objectContaining({ code: "model.language", message: expect.stringMatching(message) }),
    );
    expect(chooseModel({ ...request, language: "mt", translate: false }, folder, machine(8)).multilingual).toBe(true);
  });

  test("for a translation is one that knows more than English", () => {
    expect(bestModel(here, { language: "en", translate: true }, machine(1.5))?.name).toBe("base");
  });

  test("of one that does not fit is refused, with the figures", () => {
    const folder = temporaryFolder();
    copyFileSync(demoModel, join(folder, "ggml-base.en.bin"));
    const options = { model: "base.en", language: "en", translate: false };
    expect(chooseModel(options, folder, machine(2)).name).toBe("base.en");
    expect(() => chooseModel(options, folder, machine(1.1))).toThrow(
      expect.objectContaining({
        code: "model.too-large",
        message: "base.en: this model needs 0.2 GB of memory, and of this machine's 1.1 GB it can have 0.1 GB",
      }),
    );
    expect(() => chooseModel({ ...options, model: "auto" }, folder, machine(1.1))).toThrow(/needs 0\.2 GB/);
  });

  test("for another language than English is refused where the model knows none", () => {
    const folder = temporaryFolder();
    copyFileSync(demoModel, join(folder, "ggml-base.en.bin"));
    const options = { model: "base.en", language: "es", translate: false };
    expect(() => chooseModel(options, folder, machine(8))).toThrow(expect.objectContaining({ code: "model.language" }));
    expect(() => chooseModel({ ...options, language: "en", translate: true }, folder, machine(8))).toThrow(
      expect.objectContaining({ code: "model.language" }),
    );
  });

  test("where there is none says which command gets one", () => {
    expect(() =>
      chooseModel({ model: "auto", language: "en", translate: false }, temporaryFolder(), machine(8)),
    ).toThrow(
      expect.objectContaining({
        code: "model.missing",
        remedy: expect.stringContaining("archivist models pull base.en"),
      }),
    );
  });
});
