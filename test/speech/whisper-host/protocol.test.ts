/** The host itself, spoken to directly, as native/whisper-host/PROTOCOL.md says. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { whisperHostBinary } from "../../../electron/speech/whisper-host/binary.ts";
import { hostMessageSchema } from "../../../electron/speech/whisper-host/messages.ts";
import { demoModel } from "../../support/paths.ts";
import { isAlive } from "../../support/process/processes.ts";
import { pcmFile, samplePcm, seconds } from "../../support/speech/engines.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("the protocol", () => {
  function raw(): {
    child: ChildProcess;
    send: (line: string | Buffer) => void;
    next: () => Promise<Record<string, unknown>>;
  } {
    const child = spawn(whisperHostBinary, [], { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    if (child.stdout === null || child.stdin === null) throw new Error("no pipes");
    const { stdin } = child;
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      child,
      send: (line) => stdin.write(Buffer.concat([Buffer.from(line), Buffer.from("\n")])),
      next: async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>,
    };
  }

  test("begins with hello, and every message fits its description", async () => {
    const host = raw();
    expect(hostMessageSchema.parse(await host.next()).type).toBe("hello");
    host.send(JSON.stringify({ id: 1, type: "load", path: demoModel }));
    expect(hostMessageSchema.parse(await host.next()).type).toBe("loaded");
    host.send(
      JSON.stringify({
        id: 2,
        type: "transcribe",
        pcm: pcmFile(),
        stretches: [[0, seconds(40)]],
        beam_size: 1,
      }),
    );
    const seen = new Set<string>();
    for (;;) {
      const message = hostMessageSchema.parse(await host.next());
      seen.add(message.type);
      if (message.type === "done") break;
    }
    expect([...seen]).toEqual(expect.arrayContaining(["progress", "segment", "done"]));
    host.send(JSON.stringify({ id: 3, type: "unload" }));
    expect(await host.next()).toMatchObject({ id: 3, type: "unloaded" });
    host.send(JSON.stringify({ id: 4, type: "transcribe", pcm: "/x", stretches: [[0, 10]] }));
    expect(await host.next()).toMatchObject({ id: 4, type: "error", code: "no-model" });
  });

  test.each([
    ["not JSON", "hello there"],
    ["an array", "[1,2]"],
    ["no id", '{"type":"load"}'],
    ["an id that is none", '{"id":{},"type":"load"}'],
    ["no type", '{"id":1}'],
    ["an unknown type", '{"id":1,"type":"dance"}'],
    ["a load without a path", '{"id":1,"type":"load"}'],
    ["a load with a number for a path", '{"id":1,"type":"load","path":5}'],
    ["a transcription without sound", '{"id":1,"type":"transcribe"}'],
    ["a negative range", '{"id":1,"type":"transcribe","pcm":"/x","stretches":[[0,-5]]}'],
    ["an absurd range", '{"id":1,"type":"transcribe","pcm":"/x","stretches":[[0,1e300]]}'],
    ["stretches that overlap", '{"id":1,"type":"transcribe","pcm":"/x","stretches":[[0,100],[50,100]]}'],
    ["no stretches", '{"id":1,"type":"transcribe","pcm":"/x","stretches":[]}'],
    ["text for a number", '{"id":1,"type":"transcribe","pcm":"/x","stretches":[[0,"many"]]}'],
    ["names that are none", '{"id":1,"type":"transcribe","pcm":"/x","stretches":[[0,10]],"vocabulary":[5]}'],
    ["a detection without a network", '{"id":1,"type":"detect_speech","pcm":"/x","sample_count":10}'],
    ["a cancel without target", '{"id":1,"type":"cancel"}'],
    ["a line of two megabytes", "x".repeat(2_000_000)],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])("answers %s with an error and goes on", async (_name, line) => {
    const host = raw();
    await host.next();
    host.send(line);
    expect(await host.next()).toMatchObject({ type: "error", code: "bad-message" });
    host.send('{"id":"still here","type":"unload"}');
    expect(await host.next()).toMatchObject({ type: "unloaded", id: "still here" });
  });

  test("answers 500 lines of anything and is still there", async () => {
    const host = raw();
    await host.next();
    const nonsense = fc.sample(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.object().map((value) => JSON.stringify(value)),
      ),
      500,
    );
    for (const line of nonsense) host.send(line.replaceAll("\n", " "));
    host.send('{"id":"end","type":"unload"}');
    for (;;) {
      const message = await host.next();
      if (message.id === "end") break;
      expect(message.type).toBe("error");
    }
  });

  test("names go into the prompt as long as there is room, and the answer says how many", async () => {
    const host = raw();
    await host.next();
    host.send(JSON.stringify({ id: 1, type: "load", path: demoModel }));
    await host.next();
    const vocabulary = Array.from({ length: 500 }, (_, index) => `Birchwood Lane ${index}`);
    const range = { pcm: pcmFile(), stretches: [[0, seconds(3)]], beam_size: 1, threads: 1, temperature_increment: 0 };
    for (const [id, names] of [
      [2, []],
      [3, ["Mahtomedi"]],
      [4, vocabulary],
    ] as const) {
      host.send(JSON.stringify({ id, type: "transcribe", ...range, vocabulary: names }));
    }
    const used: unknown[] = [];
    while (used.length < 3) {
      const message = await host.next();
      if (message.type === "done") used.push(message.vocabulary_used);
    }
    expect(used.slice(0, 2)).toEqual([0, 1]);
    // 223 tokens: a name takes three to six of them.
    expect(used[2]).toBeGreaterThan(30);
    expect(used[2]).toBeLessThan(80);
  });

  test("a cancel reaches a request that waits behind another one", async () => {
    const host = raw();
    await host.next();
    host.send(JSON.stringify({ id: 1, type: "load", path: demoModel }));
    await host.next();
    const request = { type: "transcribe", pcm: pcmFile(), stretches: [[0, seconds(20)]], beam_size: 1, threads: 1 };
    host.send(JSON.stringify({ id: 2, ...request }));
    host.send(JSON.stringify({ id: 3, ...request }));
    host.send(JSON.stringify({ id: 3, ...request }));
    host.send(JSON.stringify({ id: 4, type: "cancel", target: 3 }));
    host.send(JSON.stringify({ id: 5, type: "cancel", target: "nobody" }));
    const ends: unknown[] = [];
    while (ends.length < 3) {
      const message = await host.next();
      if (message.type === "done" || message.type === "error") ends.push([message.id, message.code ?? message.type]);
    }
    expect(ends).toEqual([
      [3, "busy-id"],
      [2, "done"],
      [3, "cancelled"],
    ]);
  });

  test("ends when its input closes, even while it works", async () => {
    const host = raw();
    await host.next();
    host.send(JSON.stringify({ id: 1, type: "load", path: demoModel }));
    await host.next();
    host.send(
      JSON.stringify({
        id: 2,
        type: "transcribe",
        pcm: pcmFile(),
        stretches: [[0, samplePcm().length / 2]],
        beam_size: 8,
      }),
    );
    await host.next();
    host.child.stdin?.end();
    const code = await new Promise((resolve) => host.child.once("exit", resolve));
    expect(code).toBe(0);
  });

  test("ends when its parent dies, although somebody else keeps its input open", async () => {
    const folder = temporaryFolder();
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    // The parent starts the host on a pipe that this test holds open, tells its pid once it speaks, and waits.
    const parent = spawn(
      process.execPath,
      [
        "--eval",
        `const { spawn } = require("node:child_process"); const { openSync } = require("node:fs");
        const host = spawn(${JSON.stringify(whisperHostBinary)}, [], { stdio: [openSync(${JSON.stringify(pipe)}, "r"), "pipe", "ignore"], detached: true });
        host.stdout.once("data", () => console.log(host.pid)); setInterval(() => {}, 1000);`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const told = new Promise<string>((resolve) => parent.stdout.once("data", (data) => resolve(String(data))));
    const hold = openSync(pipe, "w");
    const pid = Number(await told);
    writeSync(hold, "\n");
    expect(isAlive(pid)).toBe(true);
    // Even when it can do nothing itself.
    if (process.platform === "linux") process.kill(pid, "SIGSTOP");
    parent.kill("SIGKILL");
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
