/** The basis of every procedure in the contract: required roles, possible errors and shared schemas. */
import { oc } from "@orpc/contract";
import { z } from "zod";
import { maxSmallFileBytes } from "../sizes.ts";

/** Each role includes the permissions of those after it. */
export const roles = ["admin", "operator", "user"] as const;
export type Role = (typeof roles)[number];

/** True when a role includes the permissions of the needed one. */
export const mayAct = (own: Role, needed: Role): boolean => roles.indexOf(own) <= roles.indexOf(needed);

/** An error of the closed list, as data that is shown to the user. */
export const problemSchema = z.object({
  /** Code in the closed list. */
  code: z.string(),
  /** What happened, and to what. */
  message: z.string(),
  remedy: z.string(),
  retryable: z.boolean(),
});
export type Problem = z.infer<typeof problemSchema>;

const errors = {
  BAD_REQUEST: { status: 400, message: "It was not understood", data: problemSchema.optional() },
  UNAUTHORIZED: { status: 401, message: "Nobody is signed in", data: problemSchema.optional() },
  FORBIDDEN: { status: 403, message: "Your role does not allow it", data: problemSchema.optional() },
  NOT_FOUND: { status: 404, message: "There is no such thing", data: problemSchema.optional() },
  CONFLICT: { status: 409, message: "It cannot be done as things are", data: problemSchema.optional() },
  UNPROCESSABLE_CONTENT: { status: 422, message: "It cannot be done", data: problemSchema.optional() },
  TOO_MANY_REQUESTS: { status: 429, message: "There are too many at once", data: problemSchema.optional() },
  SERVICE_UNAVAILABLE: { status: 503, message: "It cannot be done now", data: problemSchema.optional() },
  INTERNAL_SERVER_ERROR: { status: 500, message: "Something went wrong", data: problemSchema.optional() },
} as const;
export type ApiErrorCode = keyof typeof errors;

export interface ProcedureMeta extends Record<string, unknown> {
  /** Minimum role of the caller; `anyone` includes callers that are not signed in. */
  readonly role?: Role | "anyone";
}

const procedure = oc.$meta<ProcedureMeta>({ role: "admin" }).errors(errors);

/** For everyone, including callers that are not signed in. */
export const forAnyone = procedure.meta({ role: "anyone" });
/** For everyone who has signed in. */
export const forUsers = procedure.meta({ role: "user" });
/** For those who control the work. */
export const forOperators = procedure.meta({ role: "operator" });
/** For those who set up the station. */
export const forAdmins = procedure.meta({ role: "admin" });

/** A page of a list. */
export const pageSchema = z.object({
  limit: z.number().int().min(1).max(1_000).default(100),
  offset: z.number().int().min(0).default(0),
});

/** A model by its name. Over the network it is never a path: what lies where is the machine's own affair. */
export const modelNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!\.)[^/\\\0]+$/, "a model is given by its name");

export const idSchema = z.string().min(1).max(100);
/** ISO 8601, UTC. */
export const dateTimeSchema = z.string();
/** `2026-03-02`. */
export const dateSchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);
export const doneSchema = z.object({ done: z.literal(true) });

/** A file that is sent in one message: captions, a document. */
export const smallFileSchema = z.object({
  /** Its name, with the ending. */
  name: z.string().min(1).max(255),
  /** Four characters for three bytes. */
  base64: z.string().max(Math.ceil(maxSmallFileBytes / 3) * 4),
});
