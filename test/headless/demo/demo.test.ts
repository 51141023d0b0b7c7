import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { archivist, startArchivist } from "../../support/process/archivist.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("the demo", () => {
  test("with --json prints one object and nothing else, and everything in it is there", async () => {
    const schema = z.strictObject({
      status: z.enum(["completed", "needs_review"]),
      steps: z.array(z.strictObject({ name: z.string(), seconds: z.number().nonnegative() })),
      files: z.array(z.strictObject({ kind: z.string(), path: z.string() })),
      word_error_rate: z.number(),
      published: z.strictObject({
        show_id: z.number(),
        vod_id: z.string(),
        captions_verified: z.literal("yes"),
        page_command: z.string().regex(/^npm run archivist -- cablecast emulate --open --data-dir /),
      }),
    });
    const { code, stdout, stderr } = await archivist(["demo", "--json"], { dataFolder: temporaryFolder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const result = schema.parse(JSON.parse(stdout));
    expect(result.steps.map(({ name }) => name)).toEqual([
      "probe",
      "decode",
      "plan",
      "transcribe",
      "style",
      "caption",
      "summarise",
      "check",
      "write",
    ]);
    expect(result.files.map(({ kind }) => kind)).toEqual(["scc", "vtt", "srt", "txt", "json", "summary", "report"]);
    for (const { path } of result.files) expect(readFileSync(path, "utf8").length).toBeGreaterThan(100);
    // Its README measured 10.3 % on its recording of the same script.
    expect(result.word_error_rate).toBeLessThan(0.13);
  });

  test("for a person shows where everything is, with the first lines, and can be run again", async () => {
    const dataFolder = temporaryFolder();
    for (let round = 0; round < 2; round++) {
      const { code, stdout } = await archivist(["demo"], { dataFolder });
      expect(code).toBe(0);
      expect(stdout).toMatch(/Word error rate against its script: \d+\.\d %/);
      expect(stdout).toMatch(/Broadcast captions \(SCC\): .*demo.*sample-meeting\.scc\n {4}Scenarist_SCC V1\.0/);
      expect(stdout).toMatch(/Summary: .*\n {4}# sample-meeting/);
      expect(stdout).toMatch(/Report: /);
      // The second time nothing is made anew.
      expect(stdout).toMatch(round === 0 ? /show \d+ was made/ : /show \d+: /);
      expect(stdout).toMatch(/captions +read back and right/);
    }
  });

  test("that is interrupted says so and fails", async () => {
    const program = startArchivist(["demo"]);
    await program.line((line) => line.includes("Recognizing"));
    expect(await program.kill("SIGINT")).toMatchObject({ code: 130 });
  });
});
