import { readdirSync, readFileSync } from "node:fs";

/** True while a process is running, as opposed to waiting to be reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    // No /proc on this system, or the process has just ended.
    return process.platform !== "linux";
  }
}

/** The direct children of a process (Linux). */
export function listChildren(pid: number): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        const stat = readFileSync(`/proc/${child}/stat`, "utf8");
        // The name, in parentheses, may contain anything; the parent is the second field after it.
        return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === pid;
      } catch {
        return false;
      }
    });
}

/** The command line of a process (Linux); empty when it has ended. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** The direct children of a process whose command line contains a program name (Linux). */
export function childrenNamed(pid: number, program: string): readonly number[] {
  return listChildren(pid).filter((child) => commandLine(child).includes(program));
}

/** Sends a signal to a process that may just have ended. @returns False if it had */
export function strike(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Processes that were started with a mark in their environment, and their descendants (Linux). */
export function processesMarked(mark: string): readonly number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
      } catch {
        return false;
      }
    });
}
