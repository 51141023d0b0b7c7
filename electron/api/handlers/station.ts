/** The station itself: shares and cities, the day's figures, settings, health and logs. */

import { tryOut } from "../../administration/setting-trials.ts";
import { changeSettings, settingsOnDisk, shownSettings } from "../../administration/settings-service.ts";
import { verifyBackup } from "../../catalog/backup.ts";
import { listNotifications } from "../../catalog/repositories/notifications.ts";
import { countShareFiles, listShareFiles } from "../../catalog/repositories/share-files.ts";
import { listBackups, requireBackup } from "../../catalog/restore.ts";
import type { ShareView } from "../../contract/api/station.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { stationFigures } from "../../monitoring/dashboard.ts";
import { examineStation } from "../../monitoring/doctor.ts";
import { readLog } from "../../monitoring/log-lines.ts";
import type { ApiParts } from "../context.ts";
import { done, os } from "../implement.ts";
import { newest } from "../live.ts";

function shares({ workshop, operation }: ApiParts): ShareView[] {
  const { catalog, settings } = workshop;
  const health = new Map(operation.monitor.all().map((each) => [each.label, each]));
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
      scannedDate: operation.scanner.lastScanOf(label) ?? null,
      mountCommand,
      files: Object.fromEntries(
        counts.filter(({ share }) => share === label).map(({ state, count }) => [state, count]),
      ),
    };
  });
}

/** More than anybody looks through. */
const mostFiles = 500;

export const station = os.station.router({
  shares: os.station.shares.handler(({ context }) => shares(context.parts)),
  cities: os.station.cities.handler(({ context }) =>
    context.parts.workshop.settings.cities.members.map(({ name }) => name),
  ),
  checkShares: os.station.checkShares.handler(async ({ context }) => {
    await context.parts.operation.monitor.checkAll();
    return shares(context.parts);
  }),
  scan: os.station.scan.handler(async ({ context }) => {
    const { monitor, scanner } = context.parts.operation;
    let ready = 0;
    for (const share of monitor.shares.filter(({ role }) => role === "active")) {
      if ((await monitor.check(share)).isReadable) ready += (await scanner.scan(share)).ready;
    }
    return { message: ready === 1 ? "1 recording became ready" : `${ready} recordings became ready` };
  }),
  waiting: os.station.waiting.handler(({ context }) =>
    listShareFiles(context.parts.workshop.catalog, { states: ["new", "ready", "refused"] })
      .slice(0, mostFiles)
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
    stationFigures(context.parts.workshop, context.parts.operation.monitor),
  ),
  settings: os.station.settings.handler(({ context }) => {
    const { workshop, environment } = context.parts;
    const next = settingsOnDisk(workshop.folder.settingsFile, environment);
    const settings = shownSettings(next, environment).map(
      ({ key, description, mustBe, kind, value, defaultValue, choices, fromEnvironment }) => ({
        key,
        description,
        mustBe,
        kind,
        value,
        defaultValue,
        choices: choices === undefined ? null : [...choices],
        fromEnvironment: fromEnvironment ?? null,
      }),
    );
    const needsRestart = JSON.stringify(next) !== JSON.stringify(workshop.settings);
    return { file: workshop.folder.settingsFile, settings, needsRestart };
  }),
  changeSettings: os.station.changeSettings.handler(async ({ input, context }) => {
    await changeSettings(context.parts.workshop.folder.settingsFile, input.values);
    return { needsRestart: true };
  }),
  restart: os.station.restart.handler(({ context }) => {
    const { host } = context.parts;
    if (host.restart === undefined) throw new ArchivistError("host.unable");
    host.restart();
    return done;
  }),
  backups: os.station.backups.handler(({ context }) => [...listBackups(context.parts.workshop.folder.backups)]),
  restore: os.station.restore.handler(({ input, context }) => {
    const { host, workshop } = context.parts;
    if (host.restart === undefined) throw new ArchivistError("host.unable");
    verifyBackup(requireBackup(workshop.folder.backups, input.name));
    host.restart(input.name);
    return done;
  }),
  tryOut: os.station.tryOut.handler(async ({ input, context, signal }) => {
    const { settings, modelsFolder, secrets, logs, clock } = context.parts.workshop;
    const parts = { settings, modelsFolder, secrets, logger: logs.vod, now: clock.now(), signal };
    return (await tryOut(parts, input)).map(({ remedy, ...finding }) => ({ ...finding, remedy: remedy ?? null }));
  }),
  health: os.station.health.handler(async ({ context }) => {
    const findings = await examineStation(context.parts.workshop.folder.root);
    return findings.map(({ remedy, ...finding }) => ({ ...finding, remedy: remedy ?? null }));
  }),
  logs: os.station.logs.handler(async ({ input, context }) => {
    const { name, level, text, limit } = input;
    const { file, lines } = await readLog(context.parts.workshop.folder.logs, { name, level, text, limit });
    return { file, lines: [...lines] };
  }),
  models: os.station.models.handler(({ context }) =>
    context.parts.models.list().map(({ progress, problem, ...model }) => ({
      ...model,
      progress: progress ?? null,
      problem: problem ?? null,
    })),
  ),
  pullModel: os.station.pullModel.handler(({ input, context }) => {
    context.parts.models.pull(input.name);
    return done;
  }),
  notices: os.station.notices.handler(({ context }) =>
    listNotifications(context.parts.workshop.catalog, 50).map(({ id, severity, subject, body, createdDate }) => ({
      id,
      severity,
      subject,
      body,
      createdDate,
    })),
  ),
  changes: os.station.changes.handler(({ context, signal }) => {
    const { feed } = context.parts.operation.queue;
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
