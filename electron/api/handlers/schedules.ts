/** Procedures for schedules. */
import {
  addSchedule,
  changeSchedule,
  listNextTimes,
  listScheduleViews,
  removeSchedule,
  requireSchedule,
  type ScheduleDeps,
} from "../../administration/schedule-service.ts";
import { toArchivistError } from "../../contract/errors.ts";
import type { ApiServices } from "../context.ts";
import { done, os } from "../implement.ts";

const toDeps = ({ station, runtime, environment }: ApiServices): ScheduleDeps => ({
  services: station,
  runtime,
  environment,
});

export const schedules = os.schedules.router({
  list: os.schedules.list.handler(({ context }) => ({
    schedules: [...listScheduleViews(toDeps(context.services))],
    timeZone:
      context.services.station.settings.schedules.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
  })),
  run: os.schedules.run.handler(async ({ input, context }) => {
    const { runtime } = context.services;
    return { message: await runtime.scheduler.run(requireSchedule(runtime.schedules, input.name)) };
  }),
  change: os.schedules.change.handler(async ({ input: { name, ...change }, context }) => {
    await changeSchedule(toDeps(context.services), name, change);
    return done;
  }),
  add: os.schedules.add.handler(async ({ input, context }) => {
    await addSchedule(toDeps(context.services), input);
    return done;
  }),
  remove: os.schedules.remove.handler(async ({ input, context }) => {
    await removeSchedule(toDeps(context.services), input.name);
    return done;
  }),
  next: os.schedules.next.handler(({ input, context }) => {
    try {
      return { dates: [...listNextTimes({ services: context.services.station }, input.cron)], problem: null };
    } catch (thrown) {
      // What is still being typed is no error.
      return { dates: [], problem: toArchivistError(thrown).reason };
    }
  }),
});
