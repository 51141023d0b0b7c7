/** The commands around speech, as a user runs them. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { beforeAll, describe, expect, test } from "vitest";
import { requireWhisperNode } from "../../electron/speech/whisper-node/build.ts";
import { sample } from "../support/media/samples.ts";
import { modelServer } from "../support/network/model-server.ts";
import { demoModel, sampleVideo } from "../support/paths.ts";
import { archivist, startArchivist } from "../support/process/archivist.ts";
import { demoTensors } from "../support/speech/conversion/tensors.ts";
import { writeOpenAi } from "../support/speech/conversion/torch-writer.ts";
import { sharedEngines } from "../support/speech/engines.ts";
import { tinySize, writeRandomModel } from "../support/speech/random-model.ts";
import { writeSileroNetwork } from "../support/speech/silero-network.ts";
import { temporaryFolder } from "../support/temporary.ts";

const demo = ["--model", "archivist-demo-en"];

function query<T>(dataFolder: string, sql: string): readonly T[] {
  const database = new BetterSqlite(join(dataFolder, "catalog.db"), { readonly: true });
  try {
    return database.prepare<[], T>(sql).all();
  } finally {
    database.close();
  }
}

describe("models", () => {
  test("pull tells how far it is, refuses what is not the published file, and leaves nothing", async () => {
    const server = await modelServer(Buffer.alloc(1_000_000, 7));
    const dataFolder = temporaryFolder();
    const env = { ARCHIVIST_SPEECH_MODEL_MIRROR: server.address };
    const result = await archivist(["models", "pull", "silero-v6.2.0"], { dataFolder, env });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/silero-v6\.2\.0: 100 % \(1.0 MB of 1.0 MB\)/);
    expect(result.stderr).toMatch(/its checksum is another\. Check the address \(speech\.modelMirror\)/);
    expect(existsSync(join(dataFolder, "models", "ggml-silero-v6.2.0.bin"))).toBe(false);
  });

  test("pull says that a server refuses, and goes on with the other names", async () => {
    const server = await modelServer(Buffer.alloc(10));
    server.behave({ status: 403 });
    const env = { ARCHIVIST_SPEECH_MODEL_MIRROR: `${server.address}/models/` };
    const result = await archivist(["models", "pull", "tiny", "base.en", "--json"], { env });
    expect(result.code).toBe(1);
    expect(server.requests.map(({ url }) => url)).toEqual(["/models/ggml-tiny.bin", "/models/ggml-base.en.bin"]);
    const { models } = JSON.parse(result.stdout) as { models: { name: string; error: { code: string } }[] };
    expect(models.map(({ name, error }) => [name, error.code])).toEqual([
      ["tiny", "download.refused"],
      ["base.en", "download.refused"],
    ]);
  });

  test("import, verify, list and remove one", async () => {
    const dataFolder = temporaryFolder();
    const source = join(temporaryFolder(), "my council's model.bin");
    copyFileSync(demoModel, source);
    const run = (...args: readonly string[]) => archivist(["models", ...args], { dataFolder });
    expect(await run("import", source)).toMatchObject({ code: 2, stderr: expect.stringContaining("--name") });
    expect(await run("import", source, "--name", "council")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(join(dataFolder, "models", "ggml-council.bin")),
    });
    expect(await run("verify")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^council +whole/m) });
    expect((await run("list")).stdout).toMatch(/^council \(used\) +18 MB +0\.2 GB +English +\/.*ggml-council\.bin$/m);
    writeFileSync(join(dataFolder, "models", "ggml-council.bin"), readFileSync(demoModel).subarray(0, 1_000_000));
    expect(await run("verify", "council")).toMatchObject({ code: 1, stdout: expect.stringContaining("BROKEN") });
    expect(await run("remove", "council")).toMatchObject({ code: 0 });
    expect(await run("remove", "council")).toMatchObject({ code: 1 });
  });

  test("of another program are converted, quantized and tried, and what is none is refused with a remedy", async () => {
    const dataFolder = temporaryFolder();
    const source = join(temporaryFolder(), "council.pt");
    writeOpenAi(source, demoTensors());
    const run = (...args: readonly string[]) => archivist(["models", "import", ...args], { dataFolder });
    const imported = await run(source, "--quantize", "q8_0");
    expect(imported).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^council-q8_0 \(English\) was converted and is ready in .*ggml-council-q8_0\.bin$/m,
      ),
      stderr: expect.stringMatching(/100 % \(converting\)/),
    });
    const path = join(dataFolder, "models", "ggml-council-q8_0.bin");
    expect(JSON.parse((await run(source, "--quantize", "q8_0", "--json")).stdout)).toEqual({
      name: "council-q8_0",
      path,
      converted: true,
      check: null,
    });
    expect(await run(source, "--quantize", "q2_k")).toMatchObject({ code: 2, stderr: expect.stringMatching(/q8_0/) });
    const adapter = temporaryFolder();
    writeFileSync(join(adapter, "adapter_config.json"), "{}");
    expect(await run(adapter)).toMatchObject({ code: 1, stderr: expect.stringMatching(/LoRA adapter.*Merge it/) });
    expect(readdirSync(join(dataFolder, "models")).filter((file) => !file.startsWith("."))).toEqual([
      "ggml-council-q8_0.bin",
    ]);
  });

  test("are chosen by themselves: the best one that is here", async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, "models"));
    for (const name of ["tiny.en", "base.en"]) copyFileSync(demoModel, join(dataFolder, "models", `ggml-${name}.bin`));
    const result = await archivist(["transcribe", sample("short.mp4")], { dataFolder });
    expect(result.code).toBe(0);
    expect(query(dataFolder, "SELECT model FROM transcriptions")).toEqual([{ model: "base.en" }]);
  });
});

describe("a city's glossary", () => {
  test("is kept, goes into the prompt, and what sounds like its names is proposed, not changed", async () => {
    const dataFolder = temporaryFolder();
    const run = (...args: readonly string[]) => archivist(["glossary", ...args], { dataFolder });
    const list = join(temporaryFolder(), "names.txt");
    // The sample has a council member Anderson and a mayor Johnson.
    writeFileSync(list, "# White Bear Lake\nperson: Andersen\nperson: Johnson\nperson: Gonzalez\n");
    expect(await run("import", "White Bear Lake", list)).toMatchObject({
      code: 0,
      stdout: "White Bear Lake: 3 new names.\n",
    });
    expect(await run("add", "White Bear Lake", "Wahlstrom", "--kind", "person")).toMatchObject({ code: 0 });
    expect((await run("list")).stdout).toMatch(/^White Bear Lake +4 names$/m);

    const out = join(dataFolder, "out");
    const args = ["transcribe", sampleVideo, ...demo, "--out", out, "--city", "White Bear Lake"];
    expect(await archivist(args, { dataFolder })).toMatchObject({ code: 0 });
    const proposals = query<{ heard: string; term: string }>(
      dataFolder,
      "SELECT DISTINCT heard, term FROM glossary_proposals",
    );
    expect(proposals).toContainEqual({ heard: "Anderson", term: "Andersen" });
    expect(readFileSync(join(out, "sample-meeting.report.md"), "utf8")).toContain('"Anderson" may be "Andersen"');
    expect(readFileSync(join(out, "sample-meeting.txt"), "utf8")).toContain("Anderson");
    expect(readFileSync(join(out, "sample-meeting.txt"), "utf8")).not.toContain("Andersen");
    // What was heard as it is spelt counts for the next time.
    expect((await run("list", "White Bear Lake")).stdout).toMatch(/^Johnson +person +heard in 1 recording$/m);
    expect(await run("remove", "White Bear Lake", "Wahlstrom")).toMatchObject({ code: 0 });
    expect(await run("remove", "White Bear Lake", "Wahlstrom")).toMatchObject({ code: 1 });
  });

  test("of a file that is none says which line", async () => {
    const list = join(temporaryFolder(), "names.txt");
    writeFileSync(list, `Oakdale\n${"x".repeat(500)}\n`);
    const result = await archivist(["glossary", "import", "Oakdale", list]);
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/line 2: this is longer than 100 characters/),
    });
    expect(await archivist(["glossary", "import", "Oakdale", "/nowhere"])).toMatchObject({ code: 1 });
  });
});

describe("transcribe", () => {
  test("finds speech by a network that is in the models folder, and by loudness where it is broken", async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, "models"));
    const network = join(dataFolder, "models", "ggml-silero-v6.2.0.bin");
    writeSileroNetwork(network);
    const how = () =>
      query(dataFolder, "SELECT voice_detection AS by FROM transcriptions ORDER BY created_date DESC LIMIT 1");
    expect(await archivist(["transcribe", sample("short.mp4"), ...demo], { dataFolder })).toMatchObject({ code: 0 });
    expect(how()).toEqual([{ by: "silero" }]);

    writeFileSync(network, readFileSync(network).subarray(0, 400_000));
    const broken = await archivist(["transcribe", sample("short.mp4"), ...demo, "--force"], { dataFolder });
    expect(broken).toMatchObject({ code: 0 });
    expect(broken.stderr).toMatch(/silero-v6\.2\.0 cannot be used \(the speech model is incomplete\); loudness tells/);
    expect(how()).toEqual([{ by: "energy" }]);
  });

  test("hears which language is spoken, at three places, and keeps to it", async () => {
    const dataFolder = temporaryFolder();
    const model = join(dataFolder, "ggml-many.bin");
    writeRandomModel(model, tinySize, { multilingual: true });
    const args = ["transcribe", sampleVideo, "--model", model, "--language", "auto"];
    const env = { ARCHIVIST_SPEECH_THREADS: "2", ARCHIVIST_SPEECH_SECOND_TRIES: "0" };
    const program = startArchivist(args, { dataFolder, env });
    const line = await program.line((text) => text.includes("The language is"));
    expect(line).toMatch(/The language is [a-z]{2,3} \(\d+ % sure, at 3 places\)\./);
    await program.kill("SIGINT");
    const [row] = query<{ language: string }>(dataFolder, "SELECT spoken_language AS language FROM transcriptions");
    expect(line).toContain(` ${row?.language} `);
  });

  test("a model that knows English only refuses another language, and to translate", async () => {
    for (const extra of [["--language", "es"], ["--translate"]]) {
      const result = await archivist(["transcribe", sample("short.mp4"), ...demo, ...extra]);
      expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining("knows English only") });
    }
  });

  test("decodes the next recording while one is recognised, and gives results in order", async () => {
    const dataFolder = temporaryFolder();
    const args = ["transcribe", sampleVideo, sample("short.mov"), sample("empty.mp4"), sample("short.mp4"), ...demo];
    const program = startArchivist(args, { dataFolder });
    // The second one is decoded before the first one is done.
    await program.line((line) => line.includes("sample-meeting.mp4: Recognizing speech, piece 4 of 5"));
    const decoded = query<{ filename: string }>(
      dataFolder,
      "SELECT filename FROM recordings WHERE sample_count IS NOT NULL",
    );
    expect(decoded.map(({ filename }) => filename).sort()).toEqual(["sample-meeting.mp4", "short.mov"]);
    expect(await program.exit).toMatchObject({ code: 1 });
    const done = [...program.stdout().matchAll(/^(\S+): done/gm)].map((match) => match[1]);
    expect(done).toEqual(["sample-meeting.mp4", "short.mov", "short.mp4"]);
    expect(program.stderr()).toMatch(/empty\.mp4: the file is empty/);
    // One at a time is shown.
    const shown = program
      .stderr()
      .split("\n")
      .map((line) => line.split(":")[0]);
    expect(shown.lastIndexOf("sample-meeting.mp4")).toBeLessThan(shown.indexOf("short.mov"));
  });

  describe("with the second engine", () => {
    beforeAll(async () => {
      await requireWhisperNode(sharedEngines);
    });

    test("does the whole work, and doctor says why it is used", async () => {
      const dataFolder = temporaryFolder();
      symlinkSync(sharedEngines, join(dataFolder, "engines"));
      const env = { ARCHIVIST_SPEECH_ENGINE: "whisper-node" };
      const out = join(dataFolder, "out");
      const args = ["transcribe", sample("short.mp4"), ...demo, "--out", out];
      expect(await archivist(args, { dataFolder, env })).toMatchObject({ code: 0 });
      expect(readFileSync(join(out, "short.txt"), "utf8")).toMatch(/Good evening and welcome/);
      const { words } = JSON.parse(readFileSync(join(out, "short.json"), "utf8")) as {
        words: { estimated?: boolean }[];
      };
      expect(words.length).toBeGreaterThan(20);
      expect(words.every(({ estimated }) => estimated === true)).toBe(true);
      const doctor = await archivist(["doctor"], { dataFolder, env });
      expect(doctor.stdout).toMatch(/Speech engine +whisper-node is used, because speech\.engine says so/);
    });
  });
});
