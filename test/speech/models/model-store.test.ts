import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lockInstance } from "../../../electron/catalog/instance-lock.ts";
import { checkModel } from "../../../electron/speech/models/model-file.ts";
import { pullModel, removeModel, verifyModels } from "../../../electron/speech/models/model-store.ts";
import { type ModelServer, modelServer } from "../../support/network/model-server.ts";
import { demoModel } from "../../support/paths.ts";
import {
  publishedFileName as fileName,
  publishedName as name,
  published,
  publishForTests,
  listModelFiles as visible,
} from "../../support/speech/published-model.ts";
import { tinySize, writeRandomModel } from "../../support/speech/random-model.ts";
import { writeSileroNetwork } from "../../support/speech/silero-network.ts";
import { canMakeDisks, smallDisk } from "../../support/station/small-disk.ts";
import { temporaryFolder } from "../../support/temporary.ts";

publishForTests();

const place = (folder: string, server: ModelServer) => ({ folder, mirror: server.address, proxy: null });
const atOnce = { sleep: async () => undefined, stallMs: 60_000 };

describe("pull", () => {
  test("gets a model, checks it, and leaves nothing else", async () => {
    const server = await modelServer(published);
    const folder = join(temporaryFolder(), "new", "models");
    const result = await pullModel(name, place(folder, server), atOnce);
    expect(result).toEqual({ path: join(folder, fileName), wasThere: false });
    expect(readFileSync(result.path)).toEqual(published);
    expect(visible(folder)).toEqual([fileName]);
    expect(server.requests).toMatchObject([{ url: `/${fileName}` }]);
    // Again: nothing is asked for.
    expect(await pullModel(name, place(folder, server), atOnce)).toMatchObject({ wasThere: true });
    expect(server.requests).toHaveLength(1);
  });

  test("of what is not the published file is refused, and nothing is there", async () => {
    const server = await modelServer(published);
    server.behave("wrong-bytes");
    const folder = temporaryFolder();
    await expect(pullModel(name, place(folder, server), atOnce)).rejects.toMatchObject({
      code: "model.corrupt",
      subject: name,
    });
    expect(visible(folder)).toEqual([]);
  });

  test("after a part of another file begins once more, and succeeds", async () => {
    const server = await modelServer(published);
    const folder = temporaryFolder();
    // The same validator, other bytes: a proxy's broken cache.
    server.behave({ breakAfter: 400_000 }, { status: 403 });
    await expect(pullModel(name, place(folder, server), atOnce)).rejects.toMatchObject({ code: "download.refused" });
    const part = readFileSync(join(folder, `${fileName}.part`));
    writeFileSync(join(folder, `${fileName}.part`), part.fill(9, 0, 100));
    server.behave("well");
    await pullModel(name, place(folder, server), atOnce);
    expect(readFileSync(join(folder, fileName))).toEqual(published);
  });

  test("puts a damaged model right", async () => {
    const server = await modelServer(published);
    const folder = temporaryFolder();
    writeFileSync(join(folder, fileName), published.subarray(0, 500_000));
    expect(await pullModel(name, place(folder, server), atOnce)).toMatchObject({ wasThere: false });
    expect(readFileSync(join(folder, fileName))).toEqual(published);
  });

  test("of a name that nobody publishes says what was meant", async () => {
    const server = await modelServer(published);
    await expect(pullModel("bse.en", place(temporaryFolder(), server))).rejects.toMatchObject({
      code: "model.missing",
      message: expect.stringContaining("did you mean base.en?"),
    });
  });

  test("is one at a time", async () => {
    const server = await modelServer(published);
    const folder = temporaryFolder();
    const lock = lockInstance(join(folder, ".archivist-lock"), "somebody else");
    await expect(pullModel(name, place(folder, server), atOnce)).rejects.toMatchObject({ code: "model.in-use" });
    lock.release();
    await pullModel(name, place(folder, server), atOnce);
  });

  test.runIf(canMakeDisks)("on a disk without room says how much is missing, before anything is fetched", async () => {
    const server = await modelServer(published);
    await using disk = smallDisk(100);
    await expect(pullModel(name, place(disk.folder, server), atOnce)).rejects.toMatchObject({
      code: "disk.full",
      message: expect.stringMatching(/the model needs 269 MB more, and the disk has [\d.]+ [MG]B left/),
    });
    expect(visible(disk.folder)).toEqual([]);
  });
});

describe("verify", () => {
  test("tells published, whole and broken models apart", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, fileName), published);
    copyFileSync(demoModel, join(folder, "ggml-our-own.bin"));
    copyFileSync(demoModel, join(folder, "ggml-tiny.en.bin"));
    copyFileSync(demoModel, join(folder, "ggml-cut.bin"));
    truncateSync(join(folder, "ggml-cut.bin"), 9_000_000);
    const verdicts = new Map((await verifyModels(folder, undefined)).map((verdict) => [verdict.name, verdict]));
    expect(verdicts.get(name)?.state).toBe("published");
    expect(verdicts.get("our-own")?.state).toBe("whole");
    expect(verdicts.get("archivist-demo-en")?.state).toBe("whole");
    expect(verdicts.get("tiny.en")).toMatchObject({ state: "broken", error: { code: "model.corrupt" } });
    expect(verdicts.get("cut")).toMatchObject({ state: "broken", error: { code: "model.truncated" } });
  });

  test("of one that is no model at all says so, and of one that is not there, too", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "ggml-text.bin"), "hello");
    expect(await verifyModels(folder, "text")).toMatchObject([{ state: "broken", error: { code: "model.invalid" } }]);
    await expect(verifyModels(folder, "nothing")).rejects.toMatchObject({ code: "model.missing" });
  });
});

describe("remove", () => {
  test("takes a model away with what is left of its download", async () => {
    const folder = temporaryFolder();
    writeSileroNetwork(join(folder, fileName));
    writeFileSync(join(folder, `${fileName}.part`), "x");
    writeFileSync(join(folder, `${fileName}.part.json`), "{}");
    expect(await removeModel(name, folder)).toBe(join(folder, fileName));
    expect(visible(folder)).toEqual([]);
  });

  test("of what is not there, or ships with the program, or lies elsewhere, is refused", async () => {
    const folder = temporaryFolder();
    await expect(removeModel("base.en", folder)).rejects.toMatchObject({ code: "model.missing" });
    await expect(removeModel("archivist-demo-en", folder)).rejects.toMatchObject({
      message: expect.stringContaining("comes with Archivist and stays"),
    });
    await expect(removeModel("../../etc/passwd", folder)).rejects.toMatchObject({ code: "model.missing" });
    expect(existsSync(demoModel)).toBe(true);
  });
});

describe("a model file", () => {
  test("tells what memory it takes", () => {
    const path = join(temporaryFolder(), "ggml-random.bin");
    writeRandomModel(path, tinySize);
    const { memoryBytes, sizeBytes, multilingual } = checkModel(path);
    // whisper.cpp's README: 273 MB for a tiny model of 75 MiB.
    expect((memoryBytes - sizeBytes) / 1024 ** 2).toBeCloseTo(205, 0);
    expect(multilingual).toBe(false);
    writeRandomModel(path, tinySize, { multilingual: true });
    expect(checkModel(path).multilingual).toBe(true);
  });

  test("cut anywhere is never taken for a whole one", () => {
    const whole = readFileSync(demoModel);
    const path = join(temporaryFolder(), "ggml-cut.bin");
    for (let step = 0; step < 60; step++) {
      writeFileSync(path, whole.subarray(0, Math.floor((whole.length * step) / 60)));
      expect(() => checkModel(path), `cut at ${step}/60`).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^model\.(invalid|truncated)$/) }),
      );
    }
  });
});
