import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary.ts";

/** A program that stands for whisper-host. @param body a shell script */
export function fakeHost(body: string): string {
  const path = join(temporaryFolder(), "fake-host");
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}
