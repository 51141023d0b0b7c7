/** Procedures for the station itself: shares and cities, the day's figures, settings, health and logs. */

import { requireNetworkSettings, requireNetworkTrial } from "../../administration/network-rules.ts";
import { applySchedules, needsRestart } from "../../administration/schedule-service.ts";
import { runTrial } from "../../administration/setting-trials.ts";
import { changeSettings, listSettings, settingsOnDisk } from "../../administration/settings-service.ts";
import { verifyBackup } from "../../catalog/backup.ts";
import { listNotifications } from "../../catalog/repositories/notifications.ts";
import { countShareFiles, listShareFiles } from "../../catalog/repositories/share-files.ts";
import { listBackups, requireBackup } from "../../catalog/restore.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { mayAct } from "../../contract/api/base.ts";
import type { ShareView } from "../../contract/api/station.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { Settings } from "../../contract/settings.ts";
import { scanActiveShares } from "../../intake/scan-shares.ts";
import { getStationFigures } from "../../monitoring/dashboard.ts";
import { readLog } from "../../monitoring/log-lines.ts";
import type { ApiContext, ApiServices } from "../context.ts";
import { done, os } from "../implement.ts";
import { newest } from "../live.ts";

function shares({ services, person }: Pick<ApiContext, "services" | "person">): ShareView[] {
  const { station: stationServices, runtime } = services;
  const mayMount = mayAct(person()?.role ?? "user", "operator");
  const { catalog, settings } = stationServices;
  const health = new Map(runtime.monitor.all().map((each) => [each.label, each]));
  const counts = countShareFiles(catalog);
  return settings.shares.servers.map(({ label, path, role, mountCommand }) => {
    const known = health.get(label);
    return {
      label,
      path,
      role,
      status: known?.status ?? "unknown",
      message: known?.message ?? "it has not been looked at yet",
      totalBytes: known?.totalBytes ?? null,
      freeBytes: known?.freeBytes ?? null,
      checkedDate: known?.checkedDate ?? null,
      scannedDate: runtime.scanner.getLastScan(label) ?? null,
      mountCommand: mayMount ? mountCommand : null,
      files: Object.fromEntries(
        counts.filter(({ share }) => share === label).map(({ state, count }) => [state, count]),
      ),
    };
  });
}

/** Commands are for those who run the station. */
const withoutCommands = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((each: unknown) =>
        typeof each === "object" && each !== null && "mountCommand" in each ? { ...each, mountCommand: null } : each,
      )
    : value;

/** The settings that are there, and the folders that may be chosen from another machine. */
const getReach = ({
  station: { folder, settings },
  environment,
}: ApiServices): [current: Settings, roots: readonly string[]] => [
  settingsOnDisk(folder.settingsFile, environment),
  settings.network.folders,
];

/** More than a person looks through. */
const maxFiles = 500;

export const station = os.station.router({
  shares: os.station.shares.handler(({ context }) => shares(context)),
  cities: os.station.cities.handler(({ context }) =>
    context.services.station.settings.cities.members.map(({ name }) => name),
  ),
  checkShares: os.station.checkShares.handler(async ({ context }) => {
    await context.services.runtime.monitor.checkAll();
    return shares(context);
  }),
  scan: os.station.scan.handler(async ({ context }) => {
    const ready = await scanActiveShares(context.services.runtime);
    return { message: ready === 1 ? "1 recording became ready" : `${ready} recordings became ready` };
  }),
  waiting: os.station.waiting.handler(({ context }) =>
    listShareFiles(context.services.station.catalog, { states: ["new", "ready", "refused"] })
      .slice(0, maxFiles)
      .map(({ id, share, path, city, state, size, meetingDate, reason }) => ({
        id,
        share,
        path,
        city,
        state,
        bytes: size,
        date: meetingDate,
        problem: reason,
      })),
  ),
  figures: os.station.figures.handler(({ context }) =>
    getStationFigures(context.services.station, context.services.runtime.monitor),
  ),
  settings: os.station.settings.handler(({ context }) => {
    const { station: stationServices, environment } = context.services;
    const next = settingsOnDisk(stationServices.folder.settingsFile, environment);
    const isAdmin = mayAct(context.person()?.role ?? "user", "admin");
    const settings = listSettings(next, environment, stationServices.credentials).map(
      ({ key, description, mustBe, kind, value, defaultValue, choices, fromEnvironment, signInName, overNetwork }) => ({
        key,
        description,
        mustBe,
        kind,
        value: isAdmin ? value : withoutCommands(value),
        defaultValue,
        choices: choices === undefined ? null : [...choices],
        fromEnvironment: fromEnvironment ?? null,
        isHereOnly: overNetwork === "never" && !context.isOnMachine,
        signInName: isAdmin ? (signInName ?? null) : null,
      }),
    );
    return {
      file: stationServices.folder.settingsFile,
      settings,
      needsRestart: needsRestart(next, stationServices.settings, context.services.runtime.schedules),
    };
  }),
  changeSettings: os.station.changeSettings.handler(async ({ input, context }) => {
    const { station: stationServices, runtime, environment } = context.services;
    if (!context.isOnMachine) requireNetworkSettings(input.values, ...getReach(context.services));
    await changeSettings(stationServices.folder.settingsFile, input.values, stationServices.credentials);
    // Their names; values may be anything.
    const by = context.person()?.username;
    stationServices.logger.info("settings were changed", { settings: Object.keys(input.values), by });
    applySchedules({ services: stationServices, runtime, environment });
    const next = settingsOnDisk(stationServices.folder.settingsFile, environment);
    return { needsRestart: needsRestart(next, stationServices.settings, runtime.schedules) };
  }),
  restart: os.station.restart.handler(({ context }) => {
    const { host } = context.services;
    if (host.restart === undefined) throw new ArchivistError("host.unable");
    // Throws when the station could not be opened again with what is on the disk: then it goes on as it is.
    readStationConfig({ dataFolder: context.services.station.folder.root, environment: context.services.environment });
    host.restart();
    return done;
  }),
  backups: os.station.backups.handler(({ context }) => [...listBackups(context.services.station.folder.backups)]),
  restore: os.station.restore.handler(({ input, context }) => {
    const { host, station: stationServices } = context.services;
    if (host.restart === undefined) throw new ArchivistError("host.unable");
    verifyBackup(requireBackup(stationServices.folder.backups, input.name));
    host.restart(input.name);
    return done;
  }),
  tryOut: os.station.tryOut.handler(async ({ input, context, signal }) => {
    if (!context.isOnMachine) requireNetworkTrial(input, ...getReach(context.services));
    const { settings, modelsFolder, secrets, logs, clock } = context.services.station;
    const services = { settings, modelsFolder, secrets, logger: logs.vod, now: clock.now(), signal };
    return (await runTrial(services, input)).map(({ remedy, ...finding }) => ({ ...finding, remedy: remedy ?? null }));
  }),
  services: os.station.services.handler(async ({ input, context }) => {
    const found = await context.services.runtime.health.poll(input);
    return found.map(({ remedy, checkedDate, rightDate, ...each }) => ({
      ...each,
      remedy: remedy ?? null,
      checkedDate: checkedDate ?? null,
      rightDate: rightDate ?? null,
    }));
  }),
  health: os.station.health.handler(async ({ context }) => {
    const findings = await context.services.findings();
    return findings.map(({ remedy, ...finding }) => ({ ...finding, remedy: remedy ?? null }));
  }),
  logs: os.station.logs.handler(async ({ input, context }) => {
    const { name, level, text, limit } = input;
    const { file, lines } = await readLog(context.services.station.folder.logs, { name, level, text, limit });
    return { file, lines: [...lines] };
  }),
  notices: os.station.notices.handler(({ context }) =>
    listNotifications(context.services.station.catalog, 50).map(({ id, severity, subject, body, createdDate }) => ({
      id,
      severity,
      subject,
      body,
      createdDate,
    })),
  ),
  changes: os.station.changes.handler(({ context, signal }) => {
    const { feed } = context.services.runtime.queue;
    let everything = true;
    return newest(
      (changed) =>
        feed.listen((change) => {
          everything ||= change.everything;
          changed();
        }),
      () => {
        const what = everything ? ("everything" as const) : ("jobs" as const);
        everything = false;
        return { what };
      },
      signal,
    );
  }),
});
