/** Measures the run time and peak memory of a process and its children from outside. */
import { type SpawnOptions, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Measurement {
  readonly seconds: number;
  /** Peak of the summed resident memory of the process and its children, in MiB. */
  readonly peakMiB: number;
}

interface ProcessInfo {
  readonly parent: number;
  readonly residentKiB: number;
}

function processTable(): ReadonlyMap<number, ProcessInfo> {
  const table = new Map<number, ProcessInfo>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const field = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
      table.set(Number(name), { parent: field("PPid"), residentKiB: field("VmRSS") });
    } catch {
      // The process ended between the two reads.
    }
  }
  return table;
}

/** Resident memory of a process and its children, in MiB (Linux). */
export function residentOfTree(root: number): number {
  const table = processTable();
  const isBelow = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = table.get(at)?.parent)
      if (at === root) return true;
    return false;
  };
  let sum = 0;
  for (const [pid, { residentKiB }] of table) if (isBelow(pid)) sum += residentKiB;
  return sum / 1024;
}

const sampleEveryMs = 50;

/** Runs a program to its end and measures it. @throws Error if it fails */
export async function measure(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Measurement> {
  const started = performance.now();
  const child = spawn(command, [...args], { stdio: ["ignore", "ignore", "pipe"], ...options });
  let peakMiB = 0;
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-4_000);
  });
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentOfTree(child.pid ?? -1));
  }, sampleEveryMs);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} failed (${code}):\n${errors}`);
  return { seconds: (performance.now() - started) / 1000, peakMiB };
}

/** The median of three or more values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function getMedian(measurements: readonly Measurement[]): Measurement {
  return {
    seconds: median(measurements.map(({ seconds }) => seconds)),
    peakMiB: median(measurements.map(({ peakMiB }) => peakMiB)),
  };
}

/** Formats a line of a result table. */
export function row(name: string, { seconds, peakMiB }: Measurement): string {
  return `${name.padEnd(44)} ${seconds.toFixed(2).padStart(8)} s ${peakMiB.toFixed(0).padStart(7)} MiB`;
}

/** Formats a ratio beside its target. */
export function ratioLine(name: string, ratio: number, aim: number): string {
  return `${name.padEnd(44)} ${ratio.toFixed(3).padStart(8)} ×   (aim: at most ${aim})`;
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
