/** The queue with ten thousand jobs in it, and the scanner on a share with twenty thousand files beside `find`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCatalog } from "../../electron/catalog/open.ts";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { createTranscriptionJob } from "../../electron/intake/transcription-job.ts";
import { systemClock } from "../../electron/platform/clock.ts";
import { JobQueue } from "../../electron/queue/job-queue.ts";
import { JobService } from "../../electron/queue/job-service.ts";
import { viewJobs } from "../../electron/queue/job-view.ts";
import { scanShare } from "../../electron/shares/discovery/scan-share.ts";
import { ShareProbe } from "../../electron/shares/share-probe.ts";
import { transcriptionEstimates } from "../../electron/transcription/job-estimates.ts";
import { measureLongestBlock } from "../support/bench/event-loop.ts";
import { median, say } from "../support/bench/measure.ts";
import { ManualJobs } from "../support/queue/manual-jobs.ts";
import { noRecovery, openGate } from "../support/queue/queue.ts";
import { canHang, hangingShare } from "../support/station/hanging-share.ts";
import { folderShare, quickProbe } from "../support/station/shares.ts";
import { silentLogger } from "../support/station/silent-logger.ts";

const jobs = 10_000;
const files = 20_000;
const rounds = 101;

const line = (name: string, ms: number, note = ""): void =>
  say(`${name.padEnd(52)} ${ms.toFixed(2).padStart(9)} ms  ${note}`);

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function measureQueue(folder: string): Promise<void> {
  say(`\n${jobs.toLocaleString("en")} jobs in the queue, medians of ${rounds}`);
  const settings = settingsSchema.parse({ queue: { maxJobs: 1_000_000 } });
  const work = new ManualJobs();
  const open = () => openCatalog(join(folder, "catalog.db"), join(folder, "backups"));
  const make = (catalog: ReturnType<typeof open>) => {
    const deps = { catalog, clock: systemClock, kinds: [work.kind] };
    const queue = new JobQueue({
      ...deps,
      logger: silentLogger,
      settings: settings.queue,
      poolSizes: { transcription: 2, export: 1, render: 1, network: 1, maintenance: 1, background: 1 },
      gate: openGate,
      recover: noRecovery,
    });
    const jobService = new JobService({ ...deps, maxJobs: settings.queue.maxJobs });
    jobService.events.on("changed", () => queue.nudge());
    return { queue, jobService };
  };
  const submission = (number: number) =>
    createTranscriptionJob(settings, {
      path: `/mnt/flex-1/council ${number}.mp4`,
      modifiedMs: Date.now(),
      now: new Date(),
      durationMs: 7_200_000,
    });

  const first = open();
  const filling = make(first);
  const ids: string[] = [];
  for (let at = 0; at < jobs; at += 1_000) {
    first.transaction(() => {
      for (let number = at; number < at + 1_000; number++)
        ids.push(filling.jobService.submit(submission(number)).job.id);
    });
  }
  await filling.queue.stop();
  first.close();

  let catalog = first;
  line(
    "open the catalog",
    await timed(() => {
      catalog = open();
    }),
  );
  const { queue, jobService } = make(catalog);
  line("start the queue, first jobs running", await timed(() => queue.start()));
  let next = jobs;
  const each = async (act: () => unknown): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await timed(act));
    return median(times);
  };
  line("submit one (on the disk)", await each(() => jobService.submit(submission(next++))));
  line("list the first 100", await each(() => viewJobs(catalog, { limit: 100 }, transcriptionEstimates)));
  line("list all", await timed(() => viewJobs(catalog, { limit: 1_000_000 }, transcriptionEstimates)));
  let at = 100;
  line("cancel one", await each(() => jobService.cancel(ids[at++] ?? "")));
  line("move one to another priority", await each(() => jobService.setPriority(ids[at++] ?? "", 5)));
  line("drag one before another", await each(() => jobService.moveBefore(ids[at++] ?? "", ids[at + 500] ?? "")));
  await queue.stop();
  catalog.close();
}

async function measureScanner(folder: string): Promise<void> {
  say(`\nA share with ${files.toLocaleString("en")} files`);
  const share = join(folder, "share");
  for (let number = 0; number < files; number++) {
    const place = join(share, `city-${number % 9}`, `20${10 + (number % 16)}`);
    if (number < 9 * 16) mkdirSync(place, { recursive: true });
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `2026-03-0${1 + (number % 9)} council ${number}.mp4`), "x");
  }
  const settings = settingsSchema.parse({ cities: { members: [{ name: "Oakdale", shares: ["Share"] }] } });
  const catalog = openCatalog(join(folder, "scan.db"), join(folder, "backups"));
  const { intake, cities } = settings;
  const scan = () =>
    scanShare({
      catalog,
      probe: quickProbe(),
      share: folderShare(share, "Share"),
      intake,
      cities: cities.members,
      now: new Date(),
    });
  const peer = median(
    await Promise.all(
      [1, 2, 3].map(() =>
        timed(() => execFileSync("find", [share, "-type", "f", "-printf", "%p %s %T@\\n"], { maxBuffer: 1e8 })),
      ),
    ),
  );
  line("find -printf", peer);
  for (const name of ["first pass", "second pass", "third pass: files settle", "fourth pass: nothing new"]) {
    let ms = 0;
    const block = await measureLongestBlock(async () => {
      ms = await timed(scan);
    });
    line(name, ms, `${(ms / peer).toFixed(1)} × find, event loop blocked for at most ${block.toFixed(0)} ms`);
  }
  catalog.close();
}

/** A station's work on a share that hangs: nothing else may stand still. */
async function measureHanging(folder: string): Promise<void> {
  say("\nA share that hangs (FUSE, its server stopped)");
  if (!canHang) {
    say("left out: bindfs and FUSE are needed");
    return;
  }
  await using share = await hangingShare(folder);
  writeFileSync(join(share.behind, "council.mp4"), "x");
  const probe = new ShareProbe({ deadlineMs: 1_000 });
  const catalog = openCatalog(join(folder, "hang.db"), join(folder, "backups"));
  const { intake } = settingsSchema.parse({});
  const target = folderShare(share.folder, "Hanging");
  share.hang();
  const started = performance.now();
  const block = await measureLongestBlock(async () => {
    await probe.check(share.folder, true);
    await scanShare({ catalog, probe, share: target, intake, cities: [], now: new Date() }).catch(() => undefined);
    await probe.fingerprint(join(share.folder, "council.mp4"), 1).catch(() => undefined);
  });
  line(
    "check, scan and fingerprint, each given up",
    performance.now() - started,
    `event loop blocked for at most ${block.toFixed(0)} ms`,
  );
  share.goOn();
  catalog.close();
}

const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
try {
  await measureQueue(folder);
  await measureScanner(folder);
  await measureHanging(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
