#!/usr/bin/env node
/**
 * The `archivist` command. Plain JavaScript, so that an old Node.js can parse it: it hands over to the Node.js that npm
 * installed with Archivist, or says what is missing.
 */
import { spawn } from "node:child_process";
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { bundledNode, isNodeNewEnough, nodeTooOldMessage } from "../platform/node-version.mjs";

/** @param {string} node */
function handOver(node) {
  const windows = process.platform === "win32";
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // The child notices from the closed channel that this process has ended, even when no signal could be passed on.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    // In its own process group, the child gets Ctrl-C only from us, not twice. Windows has no signals, only one
    // console.
    detached: !windows,
  });
  for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (!windows) child.kill(signal);
    });
  }
  child.once("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  child.once("exit", (code, signal) => {
    if (signal === "SIGKILL") process.stderr.write("Archivist was killed. Run the same command again: it goes on.\n");
    process.exitCode = code ?? (signal === "SIGINT" || signal === "SIGTERM" || signal === "SIGHUP" ? 130 : 1);
  });
}

/** A quarter of the startup time is compiling code that was compiled the last time; this caches it. Best effort. */
function keepCompiledCode() {
  const folder = fileURLToPath(new URL("../../node_modules/.cache/archivist", import.meta.url));
  nodeModule.enableCompileCache?.(folder);
}

if (isNodeNewEnough()) {
  // A share that hangs blocks a thread with each call into it; with Node's default of four, the fourth would stop all file
  // access. `shares/share-access.ts` leaves a quarter of these to everything else, also when all shares hang.
  process.env.UV_THREADPOOL_SIZE ??= "64";
  keepCompiledCode();
  if (process.channel) {
    process.channel.unref();
    process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  }
  const { main } = await import("./cli.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = bundledNode();
  if (node === undefined) {
    process.stderr.write(nodeTooOldMessage());
    process.exitCode = 1;
  } else {
    handOver(node);
  }
}
