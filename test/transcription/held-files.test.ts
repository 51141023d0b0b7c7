/** Files whose share is away wait in the data folder, and are brought when it is back. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { listFiles } from "../../electron/catalog/repositories/library.ts";
import { recordWrittenFile } from "../../electron/catalog/repositories/outputs.ts";
import { submitRecording } from "../../electron/intake/submit-recording.ts";
import { bringHeldFiles } from "../../electron/transcription/deliver-held-job.ts";
import { getHeldFolder, listHeldFiles, submitHeldFiles } from "../../electron/transcription/held-files.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const kinds = ["json", "report", "scc", "srt", "summary", "txt", "vtt"];

function place(dataFolder = temporaryFolder()) {
  const share = join(temporaryFolder(), "flex");
  mkdirSync(share);
  const station = testStation({
    dataFolder,
    shares: [{ label: "Flex", path: share }],
    cities: [{ name: "Oakdale", shares: ["Flex"], output: "{share}/captions/{date}" }],
  });
  const { services, runtime, catalog } = station;
  const recording = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale council.mp4"));
  const submit = async () =>
    (await submitRecording({ services, jobService: runtime.jobService }, { path: recording })).job.id;
  const transcription = (job: string): string => station.job(job)?.transcriptionId ?? "";
  const bringer = () => listJobs(catalog, { types: ["deliver"] })[0];
  const wanted = join(share, "captions", "2026-03-02");
  return { share, station, submit, transcription, bringer, wanted };
}

/** Transcribes while the share is away. */
async function held() {
  const all = place();
  const { station, share, submit, transcription } = all;
  rmSync(share, { recursive: true });
  const job = await submit();
  await station.runtime.start();
  await expect.poll(() => station.job(job)?.state, { timeout: 60_000 }).toBe("completed");
  return { ...all, job, id: transcription(job), folder: getHeldFolder(station.folder, transcription(job)) };
}

describe("the files of a dropped recording", () => {
  test("go to its city's share", async () => {
    const { station, submit, transcription, bringer, wanted } = place();
    const job = await submit();
    await station.runtime.start();
    await expect.poll(() => station.job(job)?.state, { timeout: 60_000 }).toBe("completed");
    const files = listFiles(station.catalog, transcription(job));
    expect(files.map(({ kind }) => kind)).toEqual(kinds);
    for (const { path } of files) expect(path.startsWith(wanted)).toBe(true);
    expect(bringer()).toBeUndefined();
  });

  test("wait while it is away, which the queue says, and are brought when it is back", async () => {
    const { station, share, id, folder, bringer, wanted } = await held();
    expect(existsSync(share)).toBe(false);
    expect(listHeldFiles(station.services, id).map(({ kind }) => kind)).toEqual(kinds);
    const before = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
    expect(before.size).toBe(kinds.length);
    await expect
      .poll(() => bringer())
      .toMatchObject({ state: "waiting", waitsFor: "share", city: "Oakdale", share: "Flex" });
    const waits = station.history(bringer()?.id ?? "").find(({ kind }) => kind === "waiting");
    expect(waits?.message).toMatch(/the share Flex is not ready\. There is no such folder/);

    mkdirSync(share);
    await expect.poll(() => bringer()?.state, { timeout: 20_000 }).toBe("completed");
    expect(new Map(readdirSync(wanted).map((name) => [name, readFileSync(join(wanted, name), "utf8")]))).toEqual(
      before,
    );
    expect(existsSync(folder)).toBe(false);
    expect(listHeldFiles(station.services, id)).toEqual([]);
    for (const { path } of listFiles(station.catalog, id)) expect(existsSync(path)).toBe(true);
  });
});

describe("bringing them", () => {
  test("goes on where it was cut short, keeps what a person changed, and puts aside what is in the way", async () => {
    const { station, share, id, folder, wanted } = await held();
    await station.runtime.queue.stop();
    const [scc, vtt, txt] = ["scc", "vtt", "txt"].map((end) => `2026-03-02 Oakdale council.${end}`);
    const text = readFileSync(join(folder, scc ?? ""), "utf8");
    mkdirSync(wanted, { recursive: true });
    // The program was killed after the file was written, and before the catalog knew.
    writeFileSync(join(wanted, scc ?? ""), text);
    writeFileSync(join(folder, vtt ?? ""), "WEBVTT\n\ncorrected");
    writeFileSync(join(wanted, txt ?? ""), "somebody else's");
    expect(await bringHeldFiles(station.services, id)).toEqual({ folder: wanted, files: kinds.length });
    expect(readFileSync(join(wanted, scc ?? ""), "utf8")).toBe(text);
    expect(readFileSync(join(wanted, vtt ?? ""), "utf8")).toBe("WEBVTT\n\ncorrected");
    const aside = readdirSync(wanted).filter((name) => name.includes(".previous-"));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(wanted, aside[0] ?? ""), "utf8")).toBe("somebody else's");
    expect(existsSync(share)).toBe(true);
    expect(await bringHeldFiles(station.services, id)).toMatchObject({ files: 0 });
    expect(submitHeldFiles(station.services, station.runtime.jobService)).toBe(0);
  });

  test("never replaces newer files by older ones", async () => {
    const { station, id, wanted } = await held();
    const { services } = station;
    await station.runtime.queue.stop();
    // Written again, right where they belong, while the old ones still wait.
    mkdirSync(wanted, { recursive: true });
    const path = join(wanted, "2026-03-02 Oakdale council.scc");
    writeFileSync(path, "newer");
    recordWrittenFile(station.catalog, id, { kind: "scc", path, sha256: "0".repeat(64), version: 0 });
    await bringHeldFiles(services, id);
    expect(readFileSync(path, "utf8")).toBe("newer");
    expect(listHeldFiles(services, id)).toEqual([]);
  });

  test("does nothing while the share is away", async () => {
    const { station, share, id } = await held();
    await expect(bringHeldFiles(station.services, id)).rejects.toMatchObject({ code: "share.not-mounted" });
    expect(existsSync(share)).toBe(false);
    expect(listHeldFiles(station.services, id)).toHaveLength(kinds.length);
  });
});
