/** Reads a secret from standard input, never from the command line, where every user of the machine could see it. */
import { createInterface } from "node:readline/promises";
import { printNotice } from "./print.ts";

/** @param question asked where a person types */
export async function readSecret(question: string): Promise<string> {
  if (process.stdin.isTTY) {
    printNotice(`${question} (it is not shown):`);
    process.stdin.setRawMode(true);
  }
  // No output stream, so that the typed secret is not echoed.
  const lines = createInterface({ input: process.stdin, terminal: process.stdin.isTTY === true });
  try {
    for await (const line of lines) return line.trim();
    return "";
  } finally {
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    lines.close();
  }
}
