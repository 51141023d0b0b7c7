/** Everything that leaves is derived from one version, however edits, approvals, imports and ends of the station mix. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Command } from "../../electron/captions/editing/command.ts";
import { readCaptions } from "../../electron/captions/formats/read.ts";
import { findApproval } from "../../electron/catalog/repositories/approvals.ts";
import { findSummary, storeSummary } from "../../electron/catalog/repositories/insights.ts";
import { listFiles } from "../../electron/catalog/repositories/library.ts";
import { announceFile } from "../../electron/catalog/repositories/outputs.ts";
import { requirePublishable } from "../../electron/catalog/repositories/publishing.ts";
import { isOlderThan } from "../../electron/catalog/repositories/staleness.ts";
import { findCues, findNewestVersionNumber } from "../../electron/catalog/repositories/versions.ts";
import type { ArchivistError } from "../../electron/contract/errors.ts";
import { EditingService } from "../../electron/editing/editing-service.ts";
import { exportFiles } from "../../electron/editing/export/export-files.ts";
import { submitExport } from "../../electron/editing/export/submit-export.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const anna = { key: "a window of Anna's", name: "Anna", userId: 1 };
const view = { cue: null, row: 0 };
const splitWords = (lines: readonly string[]): readonly string[] => lines.join(" ").split(/\s+/u).filter(Boolean);

/** A meeting with captions, and what people do with it. */
function place() {
  const { services, runtime } = testStation({ settings: { output: { folder: temporaryFolder() } } });
  const { catalog } = services;
  const id = captioned(catalog, someCues(4));
  const out = join(temporaryFolder(), "meeting");
  catalog.database.$client.prepare("UPDATE transcriptions SET output_folder = ? WHERE id = ?").run(out, id);
  const deps = { station: services, jobService: runtime.jobService };
  let service = new EditingService(deps);
  onTestFinished(() => service.close());
  const row = () => requirePublishable(catalog, id);
  const open = async () => {
    const { meeting } = await service.open(id);
    service.enter(id, anna, true);
    return meeting;
  };
  const edit = async (deed: Command) => {
    const meeting = await open();
    const number = meeting.getLastNumber(anna.key) + 1;
    service.edit(id, { visitor: anna, number, base: meeting.seq, deed, before: view, after: view, activeMs: 1 });
  };
  const seal = async (approve: boolean) => {
    await open();
    return service.createVersion(id, { visitor: anna, approve, reason: "as it is said", onlyNew: false });
  };
  return {
    ...{ services, runtime, catalog, id, row, edit, seal, out },
    service: () => service,
    /** The station ends without a word, and begins again. */
    crash: () => {
      service.close();
      service = new EditingService(deps);
    },
    write: () => exportFiles(services, id),
  };
}

/** The words of a file that was written, in order. */
function readWords(path: string, kind: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  if (kind === "txt") return splitWords([text.replace(/^\[[\d:]+\] /gmu, "")]);
  return readCaptions(text).cues.flatMap(({ lines }) => splitWords(lines));
}

/** Each file holds the words of the version that its row names, and a row of an older version is known to be older. */
function requireTrueFiles({ catalog, id }: Pick<ReturnType<typeof place>, "catalog" | "id">): number {
  const newest = findNewestVersionNumber(catalog, id) ?? 0;
  const said = (number: number) => (findCues(catalog, id, number) ?? []).flatMap(({ lines }) => splitWords(lines));
  let looked = 0;
  for (const { kind, path, version } of listFiles(catalog, id)) {
    if (!["srt", "vtt", "txt"].includes(kind)) continue;
    expect(existsSync(path)).toBe(true);
    const words = readWords(path, kind);
    expect(words).toEqual(said(version ?? -1));
    if (words.join(" ") !== said(newest).join(" ")) expect(isOlderThan(version, newest)).toBe(true);
    looked++;
  }
  const summary = findSummary(catalog, id);
  if (summary !== undefined) {
    const text = said(summary.version).join(" ");
    for (const sentence of summary.sentences) expect(text).toContain(sentence.text);
  }
  return looked;
}

describe("an export", () => {
  test("writes every file from the newest words, without a model and without the recording", async () => {
    const { edit, seal, write, catalog, id, out, service } = place();
    storeSummary(catalog, id, { markdown: "", sentences: [], phrases: [], options: "{}", version: 0 });
    await write();
    await edit({ type: "text", cue: 1, lines: ["The motion to approve the", "sidewalk ordinance carries."] });
    expect(listFiles(catalog, id).every(({ version }) => version === 0)).toBe(true);
    await seal(true);
    await write();
    for (const name of ["srt", "txt", "json", "summary.md"]) {
      const text = readFileSync(join(out, `meeting 1.${name}`), "utf8").replace(/\s+/gu, " ");
      expect(text).toContain(name === "json" ? '"text":"sidewalk"' : "sidewalk ordinance");
    }
    expect(findSummary(catalog, id)).toMatchObject({ version: 1 });
    expect(readFileSync(join(out, "meeting 1.report.md"), "utf8")).toMatch(/Approved: version 1 by Anna/);
    service().takeBackApproval(id, { by: "Ben", reason: "a name is wrong" });
    await write();
    expect(readFileSync(join(out, "meeting 1.report.md"), "utf8")).toMatch(/Version: 1, not approved/);
  });

  test("is a job of its own kind, that runs where no model is", async () => {
    const { services, runtime, row, seal, edit, catalog, id } = place();
    await edit({ type: "text", cue: 2, lines: ["corrected"] });
    await seal(false);
    const { job, isNew } = submitExport({ services, jobService: runtime.jobService }, row());
    expect(isNew).toBe(false);
    expect(job).toMatchObject({ type: "export", transcriptionId: id, title: "Export files: meeting 1.mp4" });
    await runtime.start();
    await expect.poll(() => runtime.jobService.find(job.id).state).toBe("completed");
    expect(requireTrueFiles({ catalog, id })).toBeGreaterThan(1);
    expect(catalog.database.$client.prepare("SELECT count(*) AS n FROM transcriptions").get()).toEqual({ n: 1 });
  });

  test("that was cut off between a file and its row does not put its own file aside", async () => {
    const { edit, seal, write, catalog, id, out } = place();
    await write();
    await edit({ type: "text", cue: 1, lines: ["first correction"] });
    await seal(false);
    const srt = join(out, "meeting 1.srt");
    const before = readFileSync(srt, "utf8");
    await write();
    const after = readFileSync(srt, "utf8");
    const row = listFiles(catalog, id).find(({ kind }) => kind === "srt");
    // As it stands after a kill: the file is the new one, the row is the old one and says what was being written.
    catalog.database.$client
      .prepare("UPDATE transcription_files SET sha256 = 'old', version = 0 WHERE path = ?")
      .run(srt);
    announceFile(catalog, id, { kind: "srt", path: srt, sha256: row?.sha256 ?? "" });
    await edit({ type: "text", cue: 1, lines: ["second correction"] });
    await seal(false);
    const { deliveries } = await write();
    expect(deliveries.flatMap(({ renamed }) => renamed)).toEqual([]);
    expect(new Set([before, after, readFileSync(srt, "utf8")]).size).toBe(3);
  });
});

describe("an approval", () => {
  test("keeps who, when and why, tells what was edited since, and is taken back", async () => {
    const { edit, seal, catalog, id, service } = place();
    await edit({ type: "text", cue: 1, lines: ["the the words"] });
    const refused = await service()
      .approve(id, { by: { name: "Ben", userId: 2 }, reason: "fine" })
      .catch((thrown: ArchivistError) => thrown);
    expect(refused).toMatchObject({ code: "edit.read-only", reason: expect.stringMatching(/Anna is correcting/) });
    await expect(service().approve(id, { by: anna })).rejects.toMatchObject({ code: "edit.warnings" });
    await service().approve(id, { by: anna, reason: "it was said twice" });
    expect(findApproval(catalog, id)).toMatchObject({
      number: 1,
      by: "Anna",
      reasons: [{ reason: "it was said twice" }],
      editsSince: 0,
    });
    await edit({ type: "text", cue: 2, lines: ["edited since"] });
    expect(findApproval(catalog, id)).toMatchObject({ editsSince: 1 });
    await seal(false);
    expect(findApproval(catalog, id)).toMatchObject({ number: 1, editsSince: 1 });
    service().takeBackApproval(id, { by: "Anna" });
    expect(findApproval(catalog, id)).toBeUndefined();
    expect(() => service().takeBackApproval(id, { by: "Anna" })).toThrow(/not approved/);
  });
});

const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("edit" as const), cue: fc.nat(3), text: fc.nat(50) }) },
  ...(["approve", "keep", "import", "export", "crash", "takeBack", "outside"] as const).map((kind) => ({
    weight: kind === "export" ? 3 : 1,
    arbitrary: fc.record({ kind: fc.constant(kind), cue: fc.nat(3), text: fc.nat(50) }),
  })),
);

test("whatever people do in whatever order, each file holds a version's words, and what is stale says so", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 3, maxLength: 12 }), async (steps) => {
      const meeting = place();
      const { catalog, id } = meeting;
      storeSummary(catalog, id, { markdown: "", sentences: [], phrases: [], options: "{}", version: 0 });
      await meeting.write();
      for (const { kind, cue, text } of steps) {
        const lines = [`words of number ${text} stand here`];
        const startMs = 1_000 + cue * 2_000;
        const acts: Readonly<Record<typeof kind, () => unknown>> = {
          edit: () => meeting.edit({ type: "text", cue: cue + 1, lines }),
          approve: () => meeting.seal(true),
          keep: () => meeting.seal(false),
          import: () =>
            meeting.edit({
              type: "exchange",
              reason: "import",
              from: "a file.srt",
              startMs,
              endMs: startMs + 2_000,
              cues: [{ startMs, endMs: startMs + 1_900, lines }],
            } as Command),
          export: () => meeting.write(),
          crash: () => meeting.crash(),
          takeBack: () => meeting.service().takeBackApproval(id, { by: "Anna" }),
          outside: () => meeting.service().approve(id, { by: anna, reason: "as it is said" }),
        };
        try {
          await acts[kind]();
        } catch (thrown) {
          // Refused: nothing to take back, an edit that makes no sense. Nothing has changed then.
          expect((thrown as ArchivistError).code).toMatch(/^edit\./);
        }
        expect(requireTrueFiles(meeting)).toBeGreaterThan(1);
        const approved = findApproval(catalog, id);
        if (approved !== undefined)
          expect(approved.number).toBeLessThanOrEqual(findNewestVersionNumber(catalog, id) ?? -1);
      }
      await meeting.write();
      const newest = findNewestVersionNumber(catalog, id);
      expect(listFiles(catalog, id).every(({ version }) => version === newest)).toBe(true);
      requireTrueFiles(meeting);
    }),
    { numRuns: 12 },
  );
});
