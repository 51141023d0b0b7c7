#!/usr/bin/env node
/**
 * The `archivist` command. Plain JavaScript, so that an old Node.js can read it: it hands over to the one that npm
 * installed with Archivist, or says what is missing.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundledNode, isNodeNewEnough, nodeTooOldMessage } from "../lib/node-version.mjs";

/** @param {string} node */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  // Ctrl-C reaches the child by itself; we wait for how it ends.
  process.on("SIGINT", () => undefined);
  for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  child.once("exit", (code) => {
    process.exitCode = code ?? 130;
  });
}

if (isNodeNewEnough()) {
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
