/** A processor that claims instructions which it does not have. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeProcessor } from "../../../electron/monitoring/doctor.ts";
import { whisperHostBinary } from "../../../electron/speech/whisper-host/binary.ts";
import { processorProofFile } from "../../../electron/speech/whisper-host/processor-proof.ts";
import { demoModel } from "../../support/paths.ts";
import { greedy, newHost, part } from "../../support/speech/engines.ts";
import { fakeHost } from "../../support/speech/fake-host.ts";
import { temporaryFolder } from "../../support/temporary.ts";

interface Greeting {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly level?: { readonly name: string; readonly refused: readonly unknown[] };
}

/** The first message of a host that is started with these arguments. */
function greet(args: readonly string[], trap = ""): Greeting {
  const { stdout } = spawnSync(whisperHostBinary, args, {
    input: "",
    encoding: "utf8",
    env: { ...process.env, ARCHIVIST_TEST_TRAP: trap },
  });
  return JSON.parse(stdout.split("\n")[0] ?? "") as Greeting;
}

describe("the host", () => {
  test("computes with every kind of weight before it takes work, and remembers that it can", () => {
    const proof = join(temporaryFolder(), "processor.json");
    const first = greet(["--proof", proof]);
    expect(first).toMatchObject({ type: "hello", level: { name: expect.stringMatching(/./), refused: [] } });
    const remembered = statSync(proof, { bigint: true });
    expect(JSON.parse(readFileSync(proof, "utf8"))).toMatchObject({ level: first.level?.name, refused: [] });
    // The second start tries nothing: it would trap.
    expect(greet(["--proof", proof], first.level?.name)).toEqual(first);
    expect(statSync(proof, { bigint: true }).mtimeNs).toBe(remembered.mtimeNs);
  });

  test("tries again what another processor or build has proved, and what nobody can read", () => {
    const proof = join(temporaryFolder(), "processor.json");
    const { level } = greet(["--proof", proof]);
    const whole = JSON.parse(readFileSync(proof, "utf8")) as { readonly machine: object };
    for (const content of [
      JSON.stringify({ ...whole, machine: { ...whole.machine, size: 1 } }),
      JSON.stringify({ ...whole, level: "nothing" }),
      JSON.stringify({ ...whole, refused: 3 }),
      "{",
      "",
    ]) {
      writeFileSync(proof, content);
      expect(greet(["--proof", proof], level?.name).type).toBe("error");
    }
    expect(greet(["--proof", proof]).level).toEqual(level);
  });

  test("that no level works for says so, and is an error with a remedy", async () => {
    const proof = join(temporaryFolder(), "processor.json");
    const { level } = greet([]);
    expect(greet(["--proof", proof], level?.name)).toMatchObject({
      type: "error",
      code: "processor",
      message: expect.stringContaining(`${level?.name}: illegal-instruction`),
    });
    expect(existsSync(proof)).toBe(false);
    const host = newHost({
      binary: fakeHost(
        `echo '{"type":"error","id":null,"code":"processor","message":"native: illegal-instruction"}'; sleep 5`,
      ),
    });
    await expect(host.loadModel({ path: demoModel })).rejects.toMatchObject({
      code: "engine.processor",
      remedy: expect.stringContaining("--portable"),
    });
  });

  test("dies of nothing when its proof cannot be written", () => {
    expect(greet(["--proof", join(temporaryFolder(), "missing", "processor.json")])).toMatchObject({ type: "hello" });
  });
});

describe("a processor that stops at an instruction in the middle of work", () => {
  /** Dies of SIGILL when it is to transcribe at its first level; works at its second one, which `--below first` asks for. */
  const twoLevels = `level=first; refused=""
case "$*" in *"--below first"*) level=second; refused='{"name":"first","reason":"illegal-instruction"}';; esac
echo '{"type":"hello","protocol":3,"version":"1","whisper":"1","devices":[],"cpu_features":[],"physical_cores":1,"level":{"name":"'$level'","refused":['$refused']}}'
while read -r line; do id=$(printf %s "$line" | sed 's/.*"id":\\([0-9]*\\).*/\\1/'); case "$line" in
*'"load"'*) printf '{"type":"loaded","id":%s,"elapsed_ms":1,"model":{"multilingual":true,"on_gpu":false}}\\n' "$id";;
*transcribe*) [ $level = first ] && kill -ILL $$; printf '{"type":"done","id":%s,"segments":0,"words":0,"language":"en","windows":1}\\n' "$id";;
esac; done`;

  test("costs one attempt: the next host does without that level, and stays without it", async () => {
    const host = newHost({ binary: fakeHost(twoLevels) });
    const attempt = async (): Promise<unknown> => {
      await host.loadModel({ path: demoModel });
      return host.transcribe(part("/dev/null", [0, 1]), greedy);
    };
    await expect(attempt()).rejects.toMatchObject({
      code: "engine.instruction",
      retryable: true,
      reason: expect.stringContaining("SIGILL"),
      remedy: expect.not.stringContaining("smaller model"),
    });
    expect(await attempt()).toMatchObject({ windows: 1 });
    expect((await host.describe()).level).toEqual({
      name: "second",
      refused: [{ name: "first", reason: "illegal-instruction" }],
    });
    process.kill(host.pid ?? 0, "SIGKILL");
    await expect.poll(() => host.pid).toBe(undefined);
    expect(await attempt()).toMatchObject({ windows: 1 });
  });

  test("is told by doctor", () => {
    expect(describeProcessor("2 cores", { name: "zen4", refused: [] })).toEqual({
      name: "Processor",
      status: "ok",
      detail: "2 cores; instruction level zen4",
    });
    const refused = [{ name: "sapphirerapids", reason: "illegal-instruction" }];
    expect(describeProcessor("2 cores", { name: "icelake", refused })).toMatchObject({
      status: "warning",
      detail: expect.stringMatching(/icelake, because the processor stops at instructions .* at sapphirerapids/),
      remedy: expect.stringContaining("virtual machine"),
    });
  });
});

test("the proof lies beside the engines of a data folder, and makes none", () => {
  const folder = join(temporaryFolder(), "data");
  expect(processorProofFile(join(folder, "engines"))).toBe(join(folder, "engines", "processor.json"));
  expect(existsSync(folder)).toBe(false);
  mkdirSync(folder);
  expect(existsSync(dirname(processorProofFile(join(folder, "engines"))))).toBe(true);
});
