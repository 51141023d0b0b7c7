import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { demoModelName, findModel, inspectModel, listFoundModels } from "../../electron/speech/models.ts";
import { modelAddress, officialModels } from "../../electron/speech/official-models.ts";
import { demoModel } from "../support/places.ts";
import { temporaryFolder } from "../support/temporary.ts";

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
    expect(listFoundModels(folder).map(({ name }) => name)).toEqual([demoModelName, "base.en"].sort());
  });

  test("are found by path, whatever they are called", () => {
    const path = join(temporaryFolder(), "my model");
    copyFileSync(demoModel, path);
    expect(findModel(path, "/nonexistent").path).toBe(path);
  });

  test("that are not here say where to get them and where to put them", () => {
    expect(() => findModel("base.en", "/data/models")).toThrow(
      expect.objectContaining({
        code: "model.missing",
        remedy: `Download ${modelAddress("base.en")} (142 MiB) and put it into /data/models`,
      }),
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

  test("the list is whisper.cpp's own, with its sizes and checksums", () => {
    const require = createRequire(import.meta.url);
    const readme = join(dirname(require.resolve("nodejs-whisper/package.json")), "cpp/whisper.cpp/models/README.md");
    expect(existsSync(readme)).toBe(true);
    const text = readFileSync(readme, "utf8");
    for (const { name, sha1 } of officialModels) {
      expect(text, name).toContain(`| \`${sha1}\` |`);
      expect(text, name).toMatch(new RegExp(`^\\| ${name.replaceAll(".", "\\.")} +\\|`, "m"));
    }
  });
});
