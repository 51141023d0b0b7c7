import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLogs, rotateLog } from "../../electron/config/logger.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("logs are written with data, and rotated in order", () => {
  const folder = temporaryFolder();
  const { application, transcription, vod } = openLogs(folder, "info");
  application.info("something happened", { error: new Error("because") });
  application.debug("not this");
  const file = join(folder, "archivist.log");
  expect(readFileSync(file, "utf8")).toMatch(/^\S+ \[info\] +something happened \{"error":\{"message":"because"/);
  expect(readFileSync(file, "utf8")).not.toContain("not this");
  transcription.warn("heard nothing");
  vod.error("the server is away");
  const written = (name: string): string => readFileSync(join(folder, name), "utf8");
  expect(written("transcription.log")).toMatch(/^\S+ \[warn\] +heard nothing\s*$/);
  expect(written("vod.log")).toMatch(/the server is away/);
  expect(written("error.log")).toMatch(/^\S+ \[error\] +the server is away\s*$/);
  expect(written("archivist.log")).toMatch(/heard nothing[\s\S]*the server is away/);
  for (const content of ["first", "second", "third"]) {
    writeFileSync(file, content);
    rotateLog(file);
  }
  expect(readFileSync(join(folder, "archivist.1.log"), "utf8")).toBe("third");
  expect(readFileSync(join(folder, "archivist.3.log"), "utf8")).toBe("first");
});
