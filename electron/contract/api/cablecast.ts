/** The Cablecast server: its shows, their links to recordings, and the metadata of both sides. */
import { z } from "zod";
import { dateTimeSchema, doneSchema, forAdmins, forOperators, forUsers, idSchema, pageSchema } from "./base.ts";

const showSchema = z.object({
  id: z.number().int(),
  title: z.string(),
  eventDate: z.string().nullable(),
  category: z.string().nullable(),
  hasCaptions: z.boolean(),
  vodState: z.string().nullable(),
  views: z.number().int().nullable(),
  recordingId: z.string().nullable(),
});

const candidateSchema = z.object({
  showId: z.number().int(),
  title: z.string(),
  eventDate: z.string().nullable(),
  score: z.number(),
  reasons: z.array(z.string()),
});

const value = z.union([z.string(), z.number(), z.null(), z.array(z.union([z.string(), z.number()]))]);
const conflictSchema = z.object({
  recordingId: z.string(),
  filename: z.string(),
  field: z.string(),
  ours: value,
  oursDate: dateTimeSchema,
  theirs: value,
  theirsDate: z.string().nullable(),
});

const unlinkedSchema = z.object({
  transcriptionId: z.string(),
  filename: z.string(),
  city: z.string().nullable(),
  candidates: z.array(candidateSchema),
});

const checkSchema = z.object({
  steps: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["ok", "warning", "error"]),
      detail: z.string(),
      remedy: z.string().nullable(),
    }),
  ),
});

const tag = { tags: ["cablecast"] };

export const cablecast = {
  shows: forUsers
    .route({ method: "POST", path: "/api/cablecast/shows/search", ...tag })
    .input(pageSchema.extend({ search: z.string().max(200).optional() }))
    .output(
      z.object({
        total: z.number().int(),
        shows: z.array(showSchema),
        checkedDate: dateTimeSchema.nullable(),
        isSetUp: z.boolean(),
      }),
    ),
  sync: forOperators
    .route({ method: "POST", path: "/api/cablecast/sync", ...tag })
    .input(z.object({ full: z.boolean().default(false) }))
    .output(z.object({ jobId: z.string(), isNew: z.boolean() })),
  unlinked: forUsers.route({ method: "GET", path: "/api/cablecast/unlinked", ...tag }).output(z.array(unlinkedSchema)),
  candidates: forUsers
    .route({ method: "GET", path: "/api/cablecast/candidates/{id}", ...tag })
    .input(z.object({ id: idSchema }))
    .output(
      z.object({
        link: z.object({ showId: z.number().int(), reason: z.string(), score: z.number() }).nullable(),
        candidates: z.array(candidateSchema),
      }),
    ),
  link: forOperators
    .route({ method: "POST", path: "/api/cablecast/link", ...tag })
    .input(z.object({ transcriptionId: idSchema, showId: z.number().int().positive() }))
    .output(doneSchema),
  conflicts: forUsers
    .route({ method: "GET", path: "/api/cablecast/conflicts", ...tag })
    .output(z.array(conflictSchema)),
  resolve: forOperators
    .route({ method: "POST", path: "/api/cablecast/resolve", ...tag })
    .input(z.object({ recordingId: idSchema, field: z.string().min(1).max(100), side: z.enum(["ours", "theirs"]) }))
    .output(doneSchema),
  check: forOperators.route({ method: "POST", path: "/api/cablecast/check", ...tag }).output(checkSchema),
  /** User and secret are stored in the secret store and never returned. */
  login: forAdmins
    .route({ method: "POST", path: "/api/cablecast/login", ...tag })
    .input(z.object({ user: z.string().trim().min(1).max(200), secret: z.string().min(1).max(1_000) }))
    .output(doneSchema),
};
