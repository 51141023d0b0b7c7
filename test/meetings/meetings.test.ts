/** Changing what is known of a meeting, deleting it and bringing it back: over the interface, against a real station. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDocument } from "../../electron/captions/editing/document.ts";
import type { Catalog } from "../../electron/catalog/open.ts";
import { addDraft } from "../../electron/catalog/repositories/drafts.ts";
import { listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { recordWrittenFile } from "../../electron/catalog/repositories/outputs.ts";
import { savePublication } from "../../electron/catalog/repositories/publications.ts";
import { requirePublishable } from "../../electron/catalog/repositories/publishing.ts";
import { findTranscription, findWork } from "../../electron/catalog/repositories/transcriptions.ts";
import { findNewestCues } from "../../electron/catalog/repositories/versions.ts";
import { restoreDays } from "../../electron/contract/meeting-facts.ts";
import { purgeDeletedMeetings } from "../../electron/meetings/purge.ts";
import { removeSupersededFiles } from "../../electron/meetings/superseded-files.ts";
import { sha256 } from "../../electron/platform/atomic-write.ts";
import { collectMetadata } from "../../electron/publishing/metadata.ts";
import { addFinishedMeeting } from "../support/station/finished-meeting.ts";
import { testHost } from "../support/station/host.ts";
import type { TestStationOptions } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** A host with a finished meeting whose files are where Archivist wrote them; no speech was recognized. */
async function hostWithMeeting(options: TestStationOptions = {}) {
  const root = temporaryFolder();
  const share = join(root, "share");
  mkdirSync(share, { recursive: true });
  const cities = ["Oakdale", "Lake Elmo"].map((name) => ({
    name,
    shares: ["Share"],
    folders: [`${name}/**`],
    output: `{share}/captions/${name}/{date} {title}`,
    captionProfile: name === "Oakdale" ? "standard" : "bbc",
  }));
  const host = await testHost({ shares: [{ label: "Share", path: share }], cities, ...options });
  const { catalog } = host;
  const addMeeting = (name = "2026-03-02 City Council.mp4") => {
    const path = join(share, "Oakdale", name);
    const outputFolder = join(share, "captions", "Oakdale", "2026-03-02 City Council");
    const { id, key } = addFinishedMeeting(catalog, path, outputFolder);
    const write = (kind: "scc" | "vtt", folder = outputFolder): string => {
      const file = join(folder, `${name}.${kind}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, `${kind} of ${id}`);
      recordWrittenFile(catalog, id, { kind, path: file, sha256: sha256(`${kind} of ${id}`), version: 0 });
      return file;
    };
    return { id, path, key, outputFolder, write };
  };
  const client = await host.connect();
  return { ...host, share, client, addMeeting };
}

const publish = (catalog: Catalog, transcriptionId: string): void =>
  savePublication(catalog, {
    transcriptionId,
    target: "generic",
    server: "",
    showId: null,
    vodId: "v1",
    title: "t",
    description: "",
    url: null,
    durationSeconds: 60,
    captionsVerified: "yes",
    missing: [],
    version: 0,
    options: {},
    now: "2026-03-04T00:00:00.000Z",
  });

const metadata = ({ services, catalog }: Awaited<ReturnType<typeof hostWithMeeting>>, id: string) =>
  collectMetadata(services, "", requirePublishable(catalog, id), {});

describe("the facts of a meeting", () => {
  test("are changed, with who, when, before and after; the search and publishing follow", async () => {
    const host = await hostWithMeeting();
    const { client, addMeeting } = host;
    const { id } = addMeeting();
    expect(metadata(host, id)).toMatchObject({
      tags: ["fence ordinance"],
      metadata: { publicTitle: "Oakdale City Council", description: "The fence ordinance passed." },
    });
    const outcome = await client.meeting.edit({
      id,
      title: "Budget Hearing",
      description: "What the city will spend.",
      tags: ["Budget", "Streets"],
      people: ["Ann Lee"],
    });
    expect(outcome.changed.map(({ field }) => field)).toEqual(["title", "description", "tags", "people"]);
    const shown = await client.meeting.show({ id });
    expect(shown).toMatchObject({
      title: "Budget Hearing",
      facts: { description: "What the city will spend.", tags: ["Budget", "Streets"], people: ["Ann Lee"] },
      changes: [{ kind: "changed", madeBy: "Anna", fields: outcome.changed }],
    });
    expect(Date.parse(shown.changes[0]?.madeDate ?? "")).not.toBeNaN();
    expect(metadata(host, id)).toMatchObject({
      tags: ["Budget", "Streets"],
      metadata: { publicTitle: "Budget Hearing", description: "What the city will spend." },
    });
    const { meetings } = await client.library.find({ text: "spend" });
    expect(meetings).toMatchObject([{ id, places: [{ field: "description" }] }]);
    expect(await client.library.list({ tag: "Streets" })).toMatchObject({ total: 1, tags: ["Budget", "Streets"] });
    // Back to what the file and the summary say.
    await client.meeting.edit({ id, title: null, description: null, tags: null });
    expect(metadata(host, id)).toMatchObject({
      tags: ["fence ordinance"],
      metadata: { publicTitle: "Oakdale City Council", description: "The fence ordinance passed." },
    });
    expect((await client.meeting.show({ id })).changes).toHaveLength(2);
  });

  test("no date is no date, whatever the file is called", async () => {
    const host = await hostWithMeeting();
    const { id } = host.addMeeting();
    await host.client.meeting.edit({ id, date: null });
    expect((await host.client.meeting.show({ id })).facts.date).toBeNull();
    expect(metadata(host, id).named.date).toBeUndefined();
  });

  test("are changed for many at once; the result names each, and one that fails stops no other", async () => {
    const { client, addMeeting } = await hostWithMeeting();
    const ids = [addMeeting("a.mp4").id, addMeeting("b.mp4").id];
    const results = await client.library.edit({
      ids: [ids[0] ?? "", "nobody", ids[1] ?? ""],
      changes: { addTags: ["Live"] },
    });
    expect(results.map(({ problem }) => problem?.code)).toEqual([undefined, "meeting.unknown", undefined]);
    expect((await client.library.list({ tag: "Live" })).total).toBe(2);
  });

  test("over HTTP: a wrong one is refused and nothing changes; those who may only look change nothing", async () => {
    const { client, call, addMeeting, somebody } = await hostWithMeeting();
    const { id } = addMeeting();
    const patch = (body: object, token?: string) =>
      call(`/api/meetings/${id}`, {
        method: "PATCH",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
        ...(token === undefined ? {} : { token }),
      });
    for (const body of [{ date: "2026-02-30" }, { title: "" }, { tags: "Budget" }, { author: "x" }]) {
      expect([body, (await patch(body)).status]).toEqual([body, 400]);
    }
    expect((await patch({ title: "X" }, await somebody("Ulla", "user"))).status).toBe(403);
    expect((await client.meeting.show({ id })).changes).toEqual([]);
    const changed = await patch({ title: "By another program", date: null });
    expect(await changed.json()).toMatchObject({ changed: [{ field: "title" }, { field: "date", after: null }] });
  });

  test("published facts say that they are older, until they are published again", async () => {
    const { client, catalog, addMeeting } = await hostWithMeeting();
    const { id } = addMeeting();
    publish(catalog, id);
    expect((await client.meeting.published({ id }))[0]?.areFactsOlder).toBe(false);
    const outcome = await client.meeting.edit({ id, title: "Corrected" });
    expect(outcome).toMatchObject({ isPublicationOlder: true, publishJobIds: [] });
    expect((await client.meeting.published({ id }))[0]?.areFactsOlder).toBe(true);
  });

  test("published facts follow by themselves where publishing is automatic", async () => {
    const { client, catalog, addMeeting } = await hostWithMeeting({
      settings: { publishing: { automatic: true, target: "generic", needsApproval: false } },
    });
    const { id } = addMeeting();
    publish(catalog, id);
    const { publishJobIds, isPublicationOlder } = await client.meeting.edit({ id, title: "Corrected" });
    expect(isPublicationOlder).toBe(false);
    expect(listJobs(catalog, { types: ["publish"] }).map((job) => job.id)).toEqual(publishJobIds);
  });
});

describe("another city", () => {
  test("moves the files: the new place is asked for, the old files go if nobody has changed them", async () => {
    const host = await hostWithMeeting();
    const { client, catalog, services, share, addMeeting } = host;
    const { id, outputFolder, write } = addMeeting();
    const [scc, vtt] = [write("scc"), write("vtt")];
    writeFileSync(vtt, "somebody has changed this");
    const { exportJobId } = await client.meeting.edit({ id, city: "lake elmo" });
    expect((await client.meeting.show({ id })).facts.city).toBe("Lake Elmo");
    expect(exportJobId).not.toBeNull();
    const moved = findTranscription(catalog, id)?.outputFolder ?? "";
    expect(moved).toBe(join(share, "captions", "Lake Elmo", "2026-03-02 City Council"));
    // Before the new files are there, nothing goes.
    expect(await removeSupersededFiles(services, id)).toBe(0);
    expect(existsSync(scc)).toBe(true);
    const fresh = write("scc", moved);
    expect(await removeSupersededFiles(services, id)).toBe(1);
    expect([existsSync(scc), existsSync(fresh)]).toEqual([false, true]);
    expect(readFileSync(vtt, "utf8")).toBe("somebody has changed this");
    expect(existsSync(outputFolder)).toBe(true);
  });

  test("no city is an answer, too", async () => {
    const host = await hostWithMeeting();
    const { id } = host.addMeeting();
    expect(metadata(host, id).city?.name).toBe("Oakdale");
    await host.client.meeting.edit({ id, city: null });
    expect(metadata(host, id).city).toBeUndefined();
  });

  test("another date moves the files where the folder's pattern names it", async () => {
    const { client, catalog, addMeeting } = await hostWithMeeting();
    const { id } = addMeeting();
    await client.meeting.edit({ id, date: "2026-03-09" });
    expect(findTranscription(catalog, id)?.outputFolder).toMatch(/Oakdale.2026-03-09 City Council$/);
    await client.meeting.edit({ id, addTags: ["x"] });
    expect(findTranscription(catalog, id)?.outputFolder).toMatch(/Oakdale.2026-03-09 City Council$/);
  });
});

describe("deleting a meeting", () => {
  test("says what goes, leaves the recording, and is undone with every edit", async () => {
    const { client, call, catalog, runtime, addMeeting } = await hostWithMeeting();
    const { id, path, key, write } = addMeeting();
    const scc = write("scc");
    addDraft(catalog, {
      transcriptionId: id,
      baseNumber: 0,
      baseMarks: [],
      document: createDocument(findNewestCues(catalog, id), [{ kind: "chapter", atMs: 1_000, text: "Roll call" }]),
      date: "2026-03-04T00:00:00.000Z",
    });
    const before = await client.meeting.show({ id });
    runtime.jobService.pauseQueue();
    const { id: publishing } = runtime.jobService.submit({
      type: "publish",
      title: "Publish",
      payload: { transcriptionId: id },
    }).job;
    const [preview] = await client.library.previewDeletion({ ids: [id] });
    expect(preview).toMatchObject({ captions: 2, versions: 1, files: 1, path, isRecordingThere: true, openJobs: 1 });

    expect(await client.library.remove({ ids: [id] })).toMatchObject([{ id, problem: null }]);
    for (const look of [
      () => client.meeting.show({ id }),
      () => client.meeting.publish({ id }),
      () => client.meeting.edit({ id, title: "x" }),
      () => client.meeting.preview({ id }),
      () => client.editor.open({ id, key: "window-1" }),
    ]) {
      await expect(look()).rejects.toMatchObject({ data: { code: "meeting.deleted" } });
    }
    expect(await client.library.reexport({ ids: [id] })).toMatchObject([{ problem: { code: "meeting.deleted" } }]);
    expect((await client.library.list({})).total).toBe(0);
    expect(await client.library.find({ text: "order" })).toMatchObject({ total: 0, totalMeetings: 0 });
    expect((await call(`/files/${id}/${encodeURIComponent("2026-03-02 City Council.mp4.scc")}`)).status).toBe(404);
    expect(listJobs(catalog, {}).find((job) => job.id === publishing)?.state).toBe("cancelled");
    // The same recording taken in again is another meeting.
    expect(findWork(catalog, key)).toBeUndefined();
    expect([existsSync(path), existsSync(scc)]).toEqual([true, true]);

    const [deleted] = await client.library.listDeleted();
    expect(deleted).toMatchObject({ id, deletedBy: "Anna", captions: 2 });
    const days = (Date.parse(deleted?.goneDate ?? "") - Date.parse(deleted?.deletedDate ?? "")) / 86_400_000;
    expect(days).toBe(restoreDays);
    expect(await client.library.restore({ ids: [id, "nobody"] })).toMatchObject([
      { problem: null },
      { problem: { code: "meeting.unknown" } },
    ]);
    const after = await client.meeting.show({ id });
    expect(after.changes.map(({ kind }) => kind)).toEqual(["restored", "deleted"]);
    expect({ ...after, changes: [] }).toEqual({ ...before, changes: [] });
    expect((await client.library.find({ text: "order" })).total).toBe(1);
    expect(await client.library.listDeleted()).toEqual([]);
  });

  test("is for good after thirty days: rows and our files go; changed files and the recording stay", async () => {
    const { client, catalog, services, addMeeting } = await hostWithMeeting();
    const [old, recent] = [addMeeting("old.mp4"), addMeeting("recent.mp4")];
    const [scc, vtt] = [old.write("scc"), old.write("vtt")];
    writeFileSync(vtt, "somebody has changed this");
    await client.meeting.remove({ id: old.id });
    await client.meeting.remove({ id: recent.id });
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const age = catalog.database.$client.prepare("UPDATE transcriptions SET deleted_date = ? WHERE id = ?");
    age.run(ago(restoreDays + 0.1), old.id);
    age.run(ago(restoreDays - 0.1), recent.id);
    expect(await purgeDeletedMeetings(services)).toBe(1);
    expect([existsSync(scc), existsSync(vtt), existsSync(old.path)]).toEqual([false, true, true]);
    const rows = ["transcriptions", "versions", "meeting_changes", "meeting_detail_rows", "summaries"].map((table) => {
      const column = table === "transcriptions" ? "id" : "transcription_id";
      const count = `SELECT count(*) AS n FROM ${table} WHERE ${column} = ?`;
      return catalog.database.$client.prepare<[string], { n: number }>(count).get(old.id)?.n;
    });
    expect(rows).toEqual([0, 0, 0, 0, 0]);
    expect((await client.library.listDeleted()).map(({ id }) => id)).toEqual([recent.id]);
    await client.meeting.restore({ id: recent.id });
    await expect(client.meeting.restore({ id: old.id })).rejects.toMatchObject({ data: { code: "meeting.unknown" } });
    expect((await client.meeting.show({ id: recent.id })).title).toBe("City Council");
  });

  test("is refused while somebody has the captions open", async () => {
    const { client, api, addMeeting } = await hostWithMeeting();
    const { id } = addMeeting();
    await api.editing.open(id);
    const leave = api.editing.enter(id, { key: "w", name: "Olaf", userId: 2 } as never, true);
    await expect(client.meeting.remove({ id })).rejects.toMatchObject({ data: { code: "meeting.in-use" } });
    leave();
    expect((await client.meeting.show({ id })).changes).toEqual([]);
  });

  test("again, or of nobody, is an error in words", async () => {
    const { client, addMeeting } = await hostWithMeeting();
    const { id } = addMeeting();
    await client.meeting.remove({ id });
    await expect(client.meeting.remove({ id })).rejects.toMatchObject({ data: { code: "meeting.deleted" } });
    await expect(client.meeting.remove({ id: "nobody" })).rejects.toMatchObject({ data: { code: "meeting.unknown" } });
    await client.meeting.restore({ id });
    await expect(client.meeting.restore({ id })).rejects.toMatchObject({ data: { code: "meeting.unknown" } });
  });
});
