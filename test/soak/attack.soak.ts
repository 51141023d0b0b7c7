/**
 * The reproducible part of the attack on the program (security review of November 2026): roles, nonsense, hostile files and
 * shares, floods, kills and load. Whatever is done, nothing ends by it, others are not kept waiting, nothing that was
 * acknowledged is lost and no secret is told.
 *
 * `SOAK_SEED` says which nonsense, `SOAK_PARTS` which parts (names, with commas), `SOAK_SHARE` how much of each (1: all).
 * The disk that is full at each write, damaged pages and updates have suites of their own: `test/catalog`, `test/shell`; so have
 * kills during transcription, exports and publishing: the soaks `queue`, `pipeline` and `cablecast`.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileSecrets } from "../../electron/config/secrets.ts";
import { SettingCredentials } from "../../electron/config/setting-credentials.ts";
import { type AttackedStation, attackedStation } from "../support/attack/attacked-station.ts";
import { deafSockets, dripBodies, type FloodTally, floodStreams } from "../support/attack/floods.ts";
import { fuzzHttp, fuzzSockets } from "../support/attack/fuzz.ts";
import { type FileTally, tryModels, tryRecordings } from "../support/attack/hostile-files.ts";
import { layTraps, removeTraps, tryShare } from "../support/attack/hostile-share.ts";
import { killUploadsAtRandom } from "../support/attack/kill-uploads.ts";
import { load } from "../support/attack/load.ts";
import { tryRoles } from "../support/attack/role-matrix.ts";
import { say } from "../support/bench/measure.ts";
import { killEditingAtRandom } from "../support/editing/kill-editing.ts";
import { random } from "../support/random.ts";
import { canHang, hangingShare } from "../support/station/hanging-share.ts";

const seed = Number(process.env.SOAK_SEED ?? 13);
const share = Number(process.env.SOAK_SHARE ?? 1);
const chosen = process.env.SOAK_PARTS?.split(",");
const secret = "hunter2-hunter2-hunter2";
/** What others may wait meanwhile, in milliseconds. */
const mostWait = 1_000;

/** Under load, in milliseconds. */
const maxP99Ms = 150;

const isChosen = (part: string): boolean => chosen === undefined || chosen.includes(part);
const some = (count: number): number => Math.max(1, Math.round(count * share));
const ms = (value: number): string => `${Math.round(value)} ms`;
const wrong: string[] = [];

function tell(part: string, text: string, problems: readonly string[]): void {
  say(`${part.padEnd(24)} ${text}${problems.length === 0 ? "" : `; WRONG: ${problems.length}`}`);
  for (const problem of problems.slice(0, 10)) say(`  ${problem}`);
  wrong.push(...problems);
}

const tellFiles = (part: string, { tried, taken, longestMs, codes, wrong: problems }: FileTally): void =>
  tell(part, `${tried} tried, ${taken} taken, longest ${ms(longestMs)}, ${JSON.stringify(codes)}`, problems);

function tellFlood({ name, count, p99, longest, note }: FloodTally): void {
  const problems = longest > mostWait ? [`${name}: somebody else waited ${ms(longest)}`] : [];
  tell(name, `${count}; others: p99 ${ms(p99)}, longest ${ms(longest)}; ${note}`, problems);
}

/** Files of the data folder that others could read, or that have a secret in them. */
function listLeaks(folder: string): readonly string[] {
  const leaks: string[] = [];
  if ((statSync(folder).mode & 0o077) !== 0) leaks.push("others may enter the data folder");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (statSync(path).size < 64 * 1024 ** 2 && readFileSync(path).includes(secret)) leaks.push(`${path} has a secret`);
  }
  return leaks;
}

async function attackStation(folder: string): Promise<void> {
  const [traps, elsewhere] = [join(folder, "share"), join(folder, "elsewhere")];
  for (const each of [traps, elsewhere]) mkdirSync(each);
  const shareSettings = (path: string) => ({ servers: [{ path, label: "A", mustBeMounted: false }], probeSeconds: 2 });
  const cities = { members: [{ name: "Oakdale", shares: ["A"] }] };
  const common = { speech: { model: "archivist-demo-en" }, intake: { automatic: false }, cities };
  const withSecrets = {
    ...common,
    shares: shareSettings(traps),
    notify: { smtp: `smtps://anna:${secret}@127.0.0.1:9` },
    network: { proxy: `http://anna:${secret}@127.0.0.1:9` },
  };
  const onStation = async (part: string, settings: object, work: (station: AttackedStation) => Promise<void>) => {
    if (!isChosen(part)) return;
    const dataFolder = join(folder, `data-${part}`);
    const station = await attackedStation(dataFolder, settings);
    try {
      await work(station);
    } catch (thrown) {
      tell(part, "broke off", [String(thrown)]);
    }
    if (station.hasEnded()) tell(part, "the station has ended", [station.journal().slice(-2_000)]);
    await station.close();
    const told = station.journal().includes(secret) ? ["the journal has a secret"] : [];
    tell(`${part}: leaks`, "data folder and journal", [...listLeaks(dataFolder), ...told]);
  };

  await onStation("roles", withSecrets, async (station) => {
    const secrets = new FileSecrets(join(station.dataFolder, "secrets.json"), {});
    const settingsFile = join(station.dataFolder, "settings.json");
    const stored = new SettingCredentials({ settingsFile, environment: {}, secrets });
    const isKept = stored.complete("notify.smtp", "smtps://127.0.0.1:9").includes(secret);
    tell("secrets", "moved to the store at the start", isKept ? [] : ["they are lost"]);
    const { calls, wrong: problems } = await tryRoles(station, join(folder, "data-port"));
    tell("roles", `${calls} calls over HTTP, sockets and ports`, problems);
  });
  await onStation("http", withSecrets, async (station) => {
    const {
      sent,
      statuses,
      wrong: problems,
    } = await fuzzHttp(station, { count: some(10_000), seed, secrets: [secret] });
    tell("http", `${sent} requests, ${JSON.stringify(statuses)}`, problems);
  });
  await onStation("sockets", withSecrets, async (station) => {
    const { sent, wrong: problems } = await fuzzSockets(station, some(3_000), seed);
    tell("sockets", `${sent} messages, journal of ${station.journal().split("\n").length - 1} lines`, problems);
  });
  await onStation("share", withSecrets, async (station) => {
    layTraps(traps, elsewhere, secret);
    const { calls, p99, longest, wrong: problems } = await tryShare(station, traps, secret, some(20));
    const late = longest > mostWait ? [`others waited ${ms(longest)}`] : [];
    tell("share", `${calls} calls, others: p99 ${ms(p99)}, longest ${ms(longest)}`, [...problems, ...late]);
    removeTraps(traps);
  });
  await onStation("floods", withSecrets, async (station) => {
    tellFlood(await dripBodies(station, some(500), 45));
    tellFlood(await floodStreams(station, some(5_000)));
    tellFlood(await deafSockets(station, some(60)));
  });
  if (isChosen("hang") && canHang) {
    const parent = join(folder, "hanging");
    mkdirSync(parent);
    await using hanging = await hangingShare(parent);
    layTraps(hanging.behind, elsewhere, secret);
    await onStation("hang", { ...common, shares: shareSettings(hanging.folder) }, async (station) => {
      hanging.hang();
      const { calls, p99, longest, wrong: problems } = await tryShare(station, hanging.folder, secret, 2);
      hanging.goOn();
      const late = longest > mostWait ? [`others waited ${ms(longest)}`] : [];
      tell("hang", `${calls} calls, others: p99 ${ms(p99)}, longest ${ms(longest)}`, [...problems, ...late]);
    });
  }
  await onStation("load", { ...common, shares: shareSettings(traps) }, async (station) => {
    // What a process takes once, for code and for its heap, it keeps: what counts is whether it goes on taking.
    const first = await load(station, {
      seconds: some(60),
      clients: 200,
      sockets: 20,
      uploads: 10,
      restSeconds: some(30),
    });
    const tally = await load(station, {
      seconds: some(180),
      clients: 200,
      sockets: 20,
      uploads: 10,
      restSeconds: some(60),
    });
    const { calls, failed, answers, p50, p95, p99, longest, uploadedBytes, memoryBefore, memoryAfter } = tally;
    const mib = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
    tell(
      "load",
      `${calls} calls, p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, longest ${ms(longest)}; ` +
        `${mib(uploadedBytes)} uploaded; memory ${mib(first.memoryBefore)}, ${mib(memoryBefore)} after a first minute, ` +
        `a minute after the load ${mib(memoryAfter)}`,
      [
        ...(failed > 0 ? [`${failed} calls failed`, ...answers] : []),
        ...(memoryAfter > 1.1 * memoryBefore ? ["memory is not back"] : []),
        ...(p99 > maxP99Ms ? [`one call in a hundred took longer than ${ms(maxP99Ms)}`] : []),
      ],
    );
  });
}

export async function soak(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-attack-"));
  try {
    await attackStation(folder);
    if (isChosen("kills")) {
      const own = join(folder, "kills");
      mkdirSync(own);
      const { kills, acknowledged } = await killEditingAtRandom(own, random(seed), some(40));
      tell("kills", `${kills} kills during ${acknowledged} acknowledged edits, none lost`, []);
      const uploads = await killUploadsAtRandom(join(folder, "killed-uploads"), random(seed), some(20));
      const text = `${uploads.kills} kills during ${uploads.acknowledged} acknowledged segments, ${uploads.completed.size} files whole`;
      tell("kills: uploads", text, uploads.wrong);
    }
    for (const [part, work, count] of [
      ["models", tryModels, 500],
      ["media", tryRecordings, 1_000],
    ] as const) {
      if (!isChosen(part)) continue;
      const own = join(folder, part);
      mkdirSync(own);
      tellFiles(part, await work(own, some(count), seed));
    }
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }
  say(wrong.length === 0 ? "Everything held." : `${wrong.length} things are wrong.`);
  if (wrong.length > 0) process.exitCode = 1;
}
