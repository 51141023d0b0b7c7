/** Starts our programs in their own processes, to be observed and killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

export interface RunningProgram {
  readonly pid: number;
  /** Everything printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the first line (of either stream) that matches; rejects if the program ends without one. */
  line(fits: (line: string) => boolean): Promise<string>;
  /** Sends a signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<ProgramExit>;
  readonly exit: Promise<ProgramExit>;
}

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs Node.js with arguments; the process is ended with the test. */
export function runNode(args: readonly string[], options: RunOptions = {}): RunningProgram {
  return watch(
    spawn(process.execPath, [...args], {
      cwd: options.cwd ?? process.cwd(),
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

function watch(child: ChildProcess): RunningProgram {
  const output = { stdout: "", stderr: "" };
  const waiting = new Set<(line: string) => void>();
  const lines: string[] = [];
  for (const name of ["stdout", "stderr"] as const) {
    const stream = child[name];
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
    if (stream) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        for (const listener of waiting) listener(line);
      });
    }
  }
  const exit = new Promise<ProgramExit>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return {
    pid: child.pid ?? -1,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    exit,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const known = lines.find(fits);
        if (known !== undefined) return resolve(known);
        const listener = (line: string): void => {
          if (!fits(line)) return;
          waiting.delete(listener);
          resolve(line);
        };
        waiting.add(listener);
        void exit.then(() => reject(new Error(`the program ended first:\n${output.stdout}${output.stderr}`)));
      }),
    kill: async (signal) => {
      child.kill(signal);
      return exit;
    },
  };
}
