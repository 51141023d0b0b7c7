import { describe, expect, test } from "vitest";
import { OwnedProcess } from "../../../electron/platform/process/owned-process.ts";
import { run } from "../../../electron/platform/process/run.ts";
import { isAlive } from "../../support/process/processes.ts";
import { runNode } from "../../support/process/run-node.ts";

/** A child that runs a line of JavaScript. */
const node = (script: string) => ({ name: "test program", command: process.execPath, args: ["--eval", script] });
const forever = "setInterval(() => {}, 1000);";

describe("a child process", () => {
  test("gives its output and its exit code", async () => {
    const result = await run(node("console.log('out'); console.error('err'); process.exitCode = 3"));
    expect(result).toMatchObject({ code: 3, stdout: "out\n", stderr: ["err"], stopped: false, stalled: false });
  });

  test("that does not exist ends with the reason", async () => {
    const result = await run({ name: "nothing", command: "/nonexistent/program", args: [] });
    expect(result.code).toBeNull();
    expect(result.spawnError?.code).toBe("ENOENT");
  });

  test("is ended by its signal, even when it ignores TERM", async () => {
    const controller = new AbortController();
    const child = new OwnedProcess({
      ...node(`process.on('SIGTERM', () => {}); console.log('deaf'); ${forever}`),
      signal: controller.signal,
      killAfterMs: 200,
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    controller.abort();
    const exit = await child.exit;
    expect(exit).toMatchObject({ signal: "SIGKILL", stopped: true });
    expect(isAlive(child.pid ?? 0)).toBe(false);
  });

  test("that hangs is ended by the watchdog; one that gets on is not", async () => {
    const hanging = new OwnedProcess({ ...node(forever), stallMs: 300 });
    expect(await hanging.exit).toMatchObject({ stalled: true });
    const working = await run({
      ...node("let n = 0; setInterval(() => { console.log(n); if (++n > 8) process.exit(0); }, 100)"),
      stallMs: 60_000,
    });
    expect(working).toMatchObject({ code: 0, stalled: false });
  });

  test("takes its own children with it", async () => {
    const script = `const c = require('child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(forever)}]); console.log(c.pid); ${forever}`;
    const child = new OwnedProcess(node(script));
    const grandchild = await new Promise<number>((resolve) =>
      child.stdout.once("data", (data) => resolve(Number(String(data)))),
    );
    expect(isAlive(grandchild)).toBe(true);
    await child.stop();
    await expect.poll(() => isAlive(grandchild)).toBe(false);
  });

  test.skipIf(process.platform === "win32")(
    "in the background has a lower priority, and so has what it starts",
    async () => {
      const script = `console.log(os.getPriority()); console.log(child_process.execFileSync("/usr/bin/nice").toString())`;
      const usual = await run(node(script));
      const background = await run({ ...node(script), isBackground: true, maxMemoryBytes: 2 ** 40 });
      const read = ({ stdout }: { readonly stdout: string }) => stdout.trim().split(/\s+/).map(Number);
      const [own = 0] = read(usual);
      expect(read(background)).toEqual([Math.min(19, own + 19), Math.min(19, own + 19)]);
    },
  );

  test("that prints too much is ended", async () => {
    const chatty = run({
      ...node(
        // Synchronous, so that what is not read yet waits in the pipe and not in the child's memory.
        "const fs = require('node:fs'); for (;;) try { fs.writeSync(1, 'x'.repeat(65536)) } catch (e) { if (e.code !== 'EAGAIN') throw e }",
      ),
      maxBytes: 1_000_000,
    });
    await expect(chatty).rejects.toMatchObject({ code: "tool.failed" });
  });

  test("never gets an argument that is cut short by a NUL", () => {
    expect(() => new OwnedProcess({ name: "x", command: process.execPath, args: ["a\0b"] })).toThrow(/NUL/);
  });

  test("does not outlive a parent that ends in an orderly way", async () => {
    const module = JSON.stringify(new URL("../../../electron/platform/process/owned-process.ts", import.meta.url).href);
    const script = `
      const { OwnedProcess } = await import(${module});
      const child = new OwnedProcess({ name: "x", command: process.execPath, args: ["--eval", ${JSON.stringify(forever)}] });
      console.log(child.pid);
      setTimeout(() => process.exit(0), 100);`;
    const parent = runNode(["--input-type=module", "--eval", script]);
    const pid = Number(await parent.line((line) => /^\d+$/.test(line)));
    await parent.exit;
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
