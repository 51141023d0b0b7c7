/** Schedules: what the station does by the clock. */
import { z } from "zod";
import { scheduleActions } from "../terms.ts";
import { dateTimeSchema, doneSchema, forAdmins, forOperators, forUsers } from "./base.ts";

const scheduleSchema = z.object({
  name: z.string(),
  action: z.enum(scheduleActions),
  /** True: it comes with Archivist and cannot be removed. */
  isBuiltIn: z.boolean(),
  cron: z.string(),
  /** Only these cities; empty: all. */
  cities: z.array(z.string()),
  /** It is switched on. */
  isOn: z.boolean(),
  /** Why it does nothing although it is switched on; null: it runs. */
  obstacle: z.string().nullable(),
  nextDate: dateTimeSchema.nullable(),
  /** Its last run; null: it has not run yet. */
  last: z
    .object({
      startedDate: dateTimeSchema,
      /** Null: it is running. */
      completedDate: dateTimeSchema.nullable(),
      outcome: z.enum(["completed", "failed"]).nullable(),
      message: z.string().nullable(),
    })
    .nullable(),
  /** The environment variable that sets it, which this screen cannot change; null: none does. */
  fromEnvironment: z.string().nullable(),
});
export type ScheduleView = z.infer<typeof scheduleSchema>;

const nameSchema = z.string().trim().min(1).max(100);
const cronSchema = z.string().trim().min(1).max(200);
const tag = { tags: ["schedules"] };

export const schedules = {
  list: forUsers
    .route({ method: "GET", path: "/api/schedules", ...tag })
    .output(z.object({ schedules: z.array(scheduleSchema), timeZone: z.string() })),
  /** Runs it now, whether or not it is switched on; answers when it is done. */
  run: forOperators
    .route({ method: "POST", path: "/api/schedules/run", ...tag })
    .input(z.object({ name: nameSchema }))
    .output(z.object({ message: z.string() })),
  /** Changes a schedule. It holds at once. */
  change: forAdmins
    .route({ method: "PATCH", path: "/api/schedules", ...tag })
    .input(
      z.strictObject({
        name: nameSchema,
        isOn: z.boolean().optional(),
        cron: cronSchema.optional(),
        /** Of a schedule of one's own. */
        action: z.enum(scheduleActions).optional(),
        cities: z.array(z.string().min(1)).optional(),
      }),
    )
    .output(doneSchema),
  add: forAdmins
    .route({ method: "POST", path: "/api/schedules", ...tag })
    .input(
      z.strictObject({
        name: nameSchema,
        cron: cronSchema,
        action: z.enum(scheduleActions),
        cities: z.array(z.string().min(1)).default([]),
      }),
    )
    .output(doneSchema),
  remove: forAdmins
    .route({ method: "POST", path: "/api/schedules/remove", ...tag })
    .input(z.object({ name: nameSchema }))
    .output(doneSchema),
  /** The next times of a cron expression, for a preview. */
  next: forUsers
    .route({ method: "POST", path: "/api/schedules/next", ...tag })
    .input(z.object({ cron: cronSchema }))
    .output(z.object({ dates: z.array(dateTimeSchema), problem: z.string().nullable() })),
};
