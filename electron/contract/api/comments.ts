/** Comments on captions: what people say to one another about a place in a meeting. */
import { z } from "zod";
import { dateTimeSchema, doneSchema, forUsers, idSchema } from "./base.ts";

const commentSchema = z.object({
  id: z.number().int(),
  /** The comment that it answers; null: it begins a thread. */
  parent: z.number().int().nullable(),
  /** The caption that it is about, by its id; null: only the place. */
  cue: z.number().int().nullable(),
  /** Milliseconds from the start of the recording. */
  atMs: z.number().int(),
  text: z.string(),
  by: z.string(),
  date: dateTimeSchema,
  resolvedBy: z.string().nullable(),
  resolvedDate: dateTimeSchema.nullable(),
  /** You may remove it. */
  isYours: z.boolean(),
});

const meeting = z.object({ id: idSchema });
const one = meeting.extend({ comment: z.number().int() });
const tag = { tags: ["comments"] };

export const comments = {
  list: forUsers
    .route({ method: "GET", path: "/api/meetings/{id}/comments", ...tag })
    .input(meeting)
    .output(
      z.object({
        /** In the order in which they were made. */
        comments: z.array(commentSchema),
        /** Names of everybody who can be addressed with `@`. */
        people: z.array(z.string()),
        /** Your own name, which others address you by. */
        you: z.string(),
      }),
    ),
  add: forUsers
    .route({ method: "POST", path: "/api/meetings/{id}/comments", ...tag })
    .input(
      meeting.extend({
        text: z.string().trim().min(1).max(2_000),
        cue: z.number().int().positive().nullable().default(null),
        atMs: z.number().int().min(0).max(172_800_000),
        /** The thread that it goes on with. */
        parent: z.number().int().nullable().default(null),
      }),
    )
    .output(z.object({ comment: z.number().int() })),
  /** Settles a thread, or opens it again. */
  resolve: forUsers
    .route({ method: "POST", path: "/api/meetings/{id}/comments/{comment}/resolve", ...tag })
    .input(one.extend({ isResolved: z.boolean() }))
    .output(doneSchema),
  remove: forUsers
    .route({ method: "DELETE", path: "/api/meetings/{id}/comments/{comment}", ...tag })
    .input(one)
    .output(doneSchema),
};
