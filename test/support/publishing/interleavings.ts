/**
 * Random orders of editing, approving, keeping, importing, publishing, ends of the station and changes of its rules, and what
 * has to hold after each: what is public is a version that was approved, or where the rule asks for no approval, the version
 * that the publication names; and what is older says so.
 */
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import { storeCredentials } from "../../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../../electron/cablecast/emulator/emulator.ts";
import type { Cue } from "../../../electron/captions/cue.ts";
import { writeCaptionFile } from "../../../electron/captions/formats/write.ts";
import { listApprovalLog } from "../../../electron/catalog/repositories/approvals.ts";
import { listJobs } from "../../../electron/catalog/repositories/jobs.ts";
import { listFiles } from "../../../electron/catalog/repositories/library.ts";
import { publishedVods } from "../../../electron/catalog/repositories/publications.ts";
import { findPublicVersion } from "../../../electron/catalog/repositories/staleness.ts";
import { findCues, findNewestVersionNumber } from "../../../electron/catalog/repositories/versions.ts";
import { parseCaptionFile } from "../../../electron/editing/parse-caption-file.ts";
import { testHost } from "../station/host.ts";
import { temporaryFolder } from "../temporary.ts";
import { testEmulator } from "./cablecast.ts";
import { addMeeting, publishingSettings } from "./meetings.ts";

/** What can happen. Texts are numbers, so that each version can be told from the others. */
export type Happening =
  | { readonly kind: "edit"; readonly cue: number; readonly text: number }
  | { readonly kind: "import"; readonly cue: number; readonly text: number }
  | { readonly kind: "keep" | "approve" | "take back" | "publish" | "publish later" | "end" | "rule" };

export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("edit" as const), cue: fc.nat(2), text: fc.nat(9_999) }),
    fc.record({ kind: fc.constant("import" as const), cue: fc.nat(2), text: fc.nat(9_999) }),
    fc.record({ kind: fc.constantFrom("keep" as const, "approve" as const, "take back" as const) }),
    fc.record({ kind: fc.constantFrom("publish" as const, "publish later" as const) }),
    fc.record({ kind: fc.constantFrom("end" as const, "rule" as const) }),
  ),
  { minLength: 8, maxLength: 16 },
);

type Host = Awaited<ReturnType<typeof testHost>>;
const view = { cue: null, row: 0 };

const toText = (cues: readonly Cue[]): string => cues.map(({ lines }) => lines.join(" ")).join(" / ");

/**
 * Walks through what happens.
 * @returns Number of publications that were made
 * @throws AssertionError where something public or on disk is not what it is said to be
 */
export async function walkInterleaving(happening: readonly Happening[]): Promise<number> {
  const emulator = await testEmulator();
  const dataFolder = temporaryFolder();
  let needsApproval = true;
  let id = "";
  let edits = 0;
  let host: Host;
  /** Publishing jobs that have completed, with the rule under which they ran. */
  const completed = new Map<string, boolean>();

  const open = async (): Promise<void> => {
    const settings = publishingSettings(emulator, { publishing: { needsApproval } });
    host = await testHost({ dataFolder, settings });
    if (id === "") {
      await storeCredentials(host.services.secrets, practiceCredentials);
      id = addMeeting(host.catalog, { name: "2026-03-02 Oakdale City Council.mp4", hasFile: true, isApproved: false });
    }
    await host.runtime.start();
  };
  const note = (): void => {
    for (const job of listJobs(host.catalog, { types: ["publish"] })) {
      if (job.state === "completed" && !completed.has(job.id)) completed.set(job.id, needsApproval);
    }
  };
  /** The station ends in the middle of whatever it does. */
  const end = async (): Promise<void> => {
    await host.server.close();
    await host.runtime.stop();
    note();
    await host.close();
  };
  const settle = async (): Promise<void> => {
    const isOpen = (): boolean =>
      listJobs(host.catalog, { types: ["publish", "export"] }).some((job) => job.completedDate === null);
    await expect.poll(isOpen).toBe(false);
    note();
  };

  const act = async (each: Happening): Promise<void> => {
    const client = await host.connect();
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (thrown) {
        // Whatever is refused is refused in words, by a rule.
        expect(thrown).toMatchObject({ data: { code: expect.stringMatching(/^(edit|publish|captions)\./) } });
      }
    };
    switch (each.kind) {
      case "edit":
      case "keep": {
        const key = `window number ${edits}`;
        const { seq } = await client.editor.open({ id, key });
        const stream = (await client.editor.watch({ id, key }))[Symbol.asyncIterator]();
        await stream.next();
        if (each.kind !== "edit") await attempt(() => client.editor.seal({ id, key, approve: false }));
        else {
          const deed = { type: "text" as const, cue: each.cue + 1, lines: [`words number ${each.text}`] };
          await attempt(() => client.editor.edit({ id, key, number: 1, base: seq, before: view, after: view, deed }));
          edits++;
        }
        await stream.return?.(undefined);
        await client.editor.leave({ id, key, view });
        break;
      }
      case "import": {
        const cues = [0, 1, 2].map((index) => ({
          startMs: 3_000 + index * 3_000,
          endMs: 5_500 + index * 3_000,
          lines: [index === each.cue ? `imported number ${each.text}` : `line ${index} of a file`],
        }));
        const base64 = Buffer.from(writeCaptionFile("srt", { cues, words: [] })).toString("base64");
        await attempt(() => client.meeting.importCaptions({ id, name: "file.srt", base64 }));
        break;
      }
      case "approve":
        await attempt(() => client.meeting.approve({ id, reason: "read" }));
        break;
      case "take back":
        await attempt(() => client.meeting.takeBackApproval({ id }));
        break;
      case "publish":
        await attempt(() => client.meeting.publish({ id }));
        await settle();
        break;
      case "publish later":
        await attempt(() => client.meeting.publish({ id }));
        break;
      case "rule":
        await end();
        needsApproval = !needsApproval;
        await open();
        break;
      case "end":
        await end();
        await open();
        break;
    }
  };

  const check = async (): Promise<void> => {
    const { catalog } = host;
    const client = await host.connect();
    const newest = findNewestVersionNumber(catalog, id);
    for (const { kind, path, version } of listFiles(catalog, id)) {
      if (kind !== "srt" || version === null || !existsSync(path)) continue;
      expect(toText(parseCaptionFile(readFileSync(path), { startMs: 0 }).cues)).toBe(
        toText(findCues(catalog, id, version) ?? []),
      );
      const shown = await client.meeting.show({ id });
      expect(shown.files.find((file) => file.path === path)?.isOlder).toBe(version !== newest);
    }
    const published = publishedVods(catalog);
    expect(published.length).toBeLessThanOrEqual(1);
    const [publication] = published;
    if (publication === undefined) return;
    const { version, showId } = publication;
    const sidecar = await (await fetch(`${emulator.url}/store-1/${String(showId)}-practice/captions.en.vtt`)).text();
    expect(toText(parseCaptionFile(Buffer.from(sidecar), { startMs: 0 }).cues)).toBe(
      toText(findCues(catalog, id, version ?? -1) ?? []),
    );
    const wasApproved = listApprovalLog(catalog, id).some(
      ({ number, action }) => number === version && action === "approved",
    );
    const wasFree = [...completed.values()].includes(false);
    expect([version, wasApproved || wasFree]).toEqual([version, true]);
    const [shown] = await client.meeting.published({ id });
    expect([version, shown?.isOlder]).toEqual([version, (version ?? -1) < (findPublicVersion(catalog, id) ?? -1)]);
  };

  await open();
  for (const each of happening) {
    await act(each);
    if (each.kind === "publish") await check();
  }
  await settle();
  await check();
  return completed.size;
}

const at = (cue: number, text: number) => ({ cue, text });

/** Orders in which something used to go wrong, or may. */
export const knownInterleavings: readonly (readonly Happening[])[] = [
  [
    { kind: "approve" },
    { kind: "publish later" },
    { kind: "edit", ...at(0, 1) },
    { kind: "keep" },
    { kind: "publish" },
    { kind: "approve" },
    { kind: "publish later" },
    { kind: "end" },
    { kind: "import", ...at(1, 2) },
    { kind: "publish" },
  ],
  [
    { kind: "publish" },
    { kind: "rule" },
    { kind: "publish" },
    { kind: "edit", ...at(2, 3) },
    { kind: "publish later" },
    { kind: "keep" },
    { kind: "rule" },
    { kind: "publish" },
    { kind: "approve" },
    { kind: "take back" },
    { kind: "publish" },
  ],
];
