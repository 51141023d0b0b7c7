/** Lists and changes schedules. Changes are written to the settings file, and hold at once. */
import { findScheduleRun } from "../catalog/repositories/schedule-runs.ts";
import type { ScheduleView } from "../contract/api/schedules.ts";
import { ArchivistError } from "../contract/errors.ts";
import { type BuiltInSchedule, builtInSchedules } from "../contract/settings/schedules.ts";
import { declareSettings, type Settings } from "../contract/settings.ts";
import type { ScheduleAction } from "../contract/terms.ts";
import { isSameName } from "../platform/names.ts";
import { type ListedSchedule, listSchedules, nextDue, parseCron } from "../queue/schedules/plan.ts";
import type { Scheduler } from "../queue/schedules/scheduler.ts";
import type { StationServices } from "../station-services.ts";
import { changeSettings, settingsOnDisk } from "./settings-service.ts";

export interface ScheduleDeps {
  readonly services: Pick<StationServices, "catalog" | "clock" | "settings" | "folder" | "credentials">;
  readonly runtime: {
    readonly schedules: readonly ListedSchedule[];
    readonly scheduler: Pick<Scheduler, "isRunning" | "run">;
    replaceSchedules(schedules: readonly ListedSchedule[]): void;
  };
  /** Variables that override the settings file. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Everything of the group `schedules` that holds without a restart. */
const liveKeys = [...builtInSchedules, "switchedOff", "custom"] as const;

const isBuiltIn = (name: string): name is BuiltInSchedule => builtInSchedules.some((each) => each === name);

/** Settings as they are on the disk, as far as schedules take them over without a restart. */
function toLiveSettings({ services: { settings, folder }, environment }: ScheduleDeps): Settings {
  const { schedules: next } = settingsOnDisk(folder.settingsFile, environment);
  const live = Object.fromEntries(liveKeys.map((key) => [key, next[key]])) as Partial<Settings["schedules"]>;
  return { ...settings, schedules: { ...settings.schedules, ...live } };
}

/** Takes over the schedules of the settings file. @throws ArchivistError `schedule.invalid`, `settings.*` */
export function applySchedules(deps: ScheduleDeps): void {
  deps.runtime.replaceSchedules(listSchedules(toLiveSettings(deps)));
}

/** Whether settings differ in what only a restart takes over. @param schedules those that run now */
export function needsRestart(next: Settings, current: Settings, schedules: readonly ListedSchedule[]): boolean {
  const { timeZone, maintenanceWindows } = next.schedules;
  const rest = { ...next, schedules: { ...current.schedules, timeZone, maintenanceWindows } };
  const isLive = JSON.stringify(listSchedules({ ...current, schedules: next.schedules })) === JSON.stringify(schedules);
  return !isLive || JSON.stringify(rest) !== JSON.stringify(current);
}

/** The variable of the environment that sets a schedule; undefined: none does. */
function findVariable(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const keys = isBuiltIn(name) ? [`schedules.${name}`, "schedules.switchedOff"] : ["schedules.custom"];
  return declareSettings().find(
    ({ key, variable }) => keys.includes(key) && (environment[variable] ?? "").trim() !== "",
  )?.variable;
}

export function listScheduleViews({ services, runtime, environment }: ScheduleDeps): readonly ScheduleView[] {
  const { catalog, clock, settings } = services;
  const now = clock.now();
  return runtime.schedules.map((schedule) => {
    const { name, action, cron, cities, enabled, isOn, obstacle } = schedule;
    const run = findScheduleRun(catalog, name);
    const isRunning = runtime.scheduler.isRunning(name);
    // A new schedule has a row before it has run.
    const hasRun = isRunning || run?.completedDate != null;
    return {
      name,
      action,
      isBuiltIn: schedule.isBuiltIn,
      cron,
      cities: [...cities],
      isOn,
      obstacle: obstacle ?? null,
      nextDate: enabled ? (nextDue(schedule, settings.schedules.timeZone, now)?.toISOString() ?? null) : null,
      last:
        run === undefined || !hasRun
          ? null
          : {
              startedDate: run.startedDate,
              completedDate: isRunning ? null : run.completedDate,
              outcome: run.outcome === "completed" || run.outcome === "failed" ? run.outcome : null,
              message: run.message,
            },
      fromEnvironment: findVariable(name, environment) ?? null,
    };
  });
}

/** @throws ArchivistError `schedule.unknown` */
export function requireSchedule(schedules: readonly ListedSchedule[], name: string): ListedSchedule {
  const schedule = schedules.find((each) => isSameName(each.name, name));
  if (schedule === undefined) throw new ArchivistError("schedule.unknown", { subject: name });
  return schedule;
}

export interface ScheduleChange {
  readonly isOn?: boolean | undefined;
  readonly cron?: string | undefined;
  readonly action?: ScheduleAction | undefined;
  readonly cities?: readonly string[] | undefined;
}

/**
 * Changes a schedule.
 * @throws ArchivistError `schedule.unknown`, `schedule.invalid`, `schedule.built-in`, `schedule.environment`, `settings.*`
 */
export async function changeSchedule(deps: ScheduleDeps, name: string, change: ScheduleChange): Promise<void> {
  const known = requireSchedule(deps.runtime.schedules, name);
  requireChangeable(deps, known);
  const { schedules } = toLiveSettings(deps);
  if (change.cron !== undefined) requireCron(deps, change.cron);
  if (change.cities !== undefined) requireCities(deps, change.cities);
  if (!isBuiltIn(known.name)) {
    const custom = schedules.custom.map((each) =>
      each.name === known.name
        ? {
            ...each,
            enabled: change.isOn ?? each.enabled,
            cron: change.cron ?? each.cron,
            action: change.action ?? each.action,
            cities: change.cities ?? each.cities,
          }
        : each,
    );
    return save(deps, { "schedules.custom": custom });
  }
  if (change.action !== undefined || change.cities !== undefined) {
    throw new ArchivistError("schedule.built-in", { subject: known.name });
  }
  const isOn = change.isOn ?? known.isOn;
  const others = schedules.switchedOff.filter((each) => each !== known.name);
  return save(deps, {
    [`schedules.${known.name}`]: change.cron ?? known.cron,
    "schedules.switchedOff": isOn ? others : [...others, known.name],
  });
}

/** @throws ArchivistError `schedule.taken`, `schedule.invalid`, `schedule.environment`, `city.unknown`, `settings.*` */
export async function addSchedule(
  deps: ScheduleDeps,
  schedule: {
    readonly name: string;
    readonly cron: string;
    readonly action: ScheduleAction;
    readonly cities: readonly string[];
  },
): Promise<void> {
  const { schedules } = toLiveSettings(deps);
  if (deps.runtime.schedules.some((each) => isSameName(each.name, schedule.name))) {
    throw new ArchivistError("schedule.taken", { subject: schedule.name });
  }
  requireChangeable(deps, schedule);
  requireCron(deps, schedule.cron);
  requireCities(deps, schedule.cities);
  await save(deps, { "schedules.custom": [...schedules.custom, { ...schedule, enabled: true }] });
}

/** @throws ArchivistError `schedule.unknown`, `schedule.built-in`, `schedule.environment`, `settings.*` */
export async function removeSchedule(deps: ScheduleDeps, name: string): Promise<void> {
  const known = requireSchedule(deps.runtime.schedules, name);
  if (isBuiltIn(known.name)) throw new ArchivistError("schedule.built-in", { subject: known.name });
  requireChangeable(deps, known);
  const { schedules } = toLiveSettings(deps);
  await save(deps, { "schedules.custom": schedules.custom.filter((each) => each.name !== known.name) });
}

/** The next times of a cron expression. @throws ArchivistError `schedule.invalid` */
export function listNextTimes({ services }: Pick<ScheduleDeps, "services">, cron: string): readonly string[] {
  const { clock, settings } = services;
  return parseCron(cron, settings.schedules.timeZone)
    .nextRuns(previewed, clock.now())
    .map((date) => date.toISOString());
}

const previewed = 3;

async function save(deps: ScheduleDeps, values: Readonly<Record<string, unknown>>): Promise<void> {
  const { folder, credentials } = deps.services;
  await changeSettings(folder.settingsFile, values, credentials);
  applySchedules(deps);
}

function requireCron({ services }: ScheduleDeps, cron: string): void {
  // One that is never due, such as February 30, is a mistake.
  if (parseCron(cron, services.settings.schedules.timeZone).nextRun(services.clock.now()) !== null) return;
  throw new ArchivistError("schedule.invalid", { subject: cron, cause: "it is never due" });
}

function requireCities({ services }: ScheduleDeps, cities: readonly string[]): void {
  const { members } = services.settings.cities;
  const unknown = cities.find((city) => !members.some(({ name }) => isSameName(name, city)));
  if (unknown !== undefined) throw new ArchivistError("city.unknown", { subject: unknown });
}

function requireChangeable({ environment }: ScheduleDeps, { name }: { readonly name: string }): void {
  const variable = findVariable(name, environment);
  if (variable !== undefined) throw new ArchivistError("schedule.environment", { subject: variable });
}
