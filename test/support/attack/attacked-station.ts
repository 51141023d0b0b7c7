/** A station that is attacked, seen from outside. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "../../../electron/contract/api/base.ts";

export interface AttackedStation {
  readonly url: string;
  readonly dataFolder: string;
  readonly tokens: Readonly<Record<Role, string>>;
  readonly pid: number;
  /** Everything that it has written to its journal. */
  readonly journal: () => string;
  readonly hasEnded: () => boolean;
  /** Resident memory, in bytes. */
  readonly memory: () => number;
  close(): Promise<void>;
}

export async function attackedStation(dataFolder: string, settings: object): Promise<AttackedStation> {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
  const program = join(import.meta.dirname, "host-program.ts");
  const child: ChildProcess = spawn(process.execPath, [program, dataFolder], { stdio: ["ignore", "pipe", "pipe"] });
  let journal = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    journal += text;
  });
  const first = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.includes("\n")) resolve(text.split("\n")[0] ?? "");
    });
    child.once("exit", () => reject(new Error(`the station did not start: ${journal}`)));
  });
  const { url, tokens } = JSON.parse(first) as { url: string; tokens: Record<Role, string> };
  const pid = child.pid ?? 0;
  return {
    url,
    dataFolder,
    tokens,
    pid,
    journal: () => journal,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** @param token undefined: nobody */
export async function call(
  station: Pick<AttackedStation, "url">,
  method: string,
  path: string,
  {
    token,
    body,
    headers = {},
  }: { token?: string | undefined; body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const started = performance.now();
  const answer = await fetch(station.url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined || method === "GET" ? {} : { body }),
  });
  const text = await answer.text();
  return { status: answer.status, text, ms: performance.now() - started };
}

/** Asks for the session again and again, as somebody else would who works meanwhile. @returns ends it, and gives the times in milliseconds */
export function askMeanwhile(station: AttackedStation, everyMs = 20): () => Promise<readonly number[]> {
  const times: number[] = [];
  let isOver = false;
  const work = (async () => {
    while (!isOver) {
      const started = performance.now();
      const { status } = await call(station, "GET", "/api/session", { token: station.tokens.user });
      times.push(status === 200 ? performance.now() - started : Number.POSITIVE_INFINITY);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return async () => {
    isOver = true;
    await work;
    return times;
  };
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
