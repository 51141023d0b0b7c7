/** What every procedure of the contract says: who may call it, and which errors it can have. */
import { oc } from "@orpc/contract";
import { z } from "zod";

/** Each role may do what those after it may. */
export const roles = ["admin", "operator", "user"] as const;
export type Role = (typeof roles)[number];

/** True when somebody of a role may do what is meant for another one. */
export const mayAct = (own: Role, needed: Role): boolean => roles.indexOf(own) <= roles.indexOf(needed);

/** What a person is told when something cannot be done: the closed list of errors, as data. */
export const problemSchema = z.object({
  /** Code of the closed list. */
  code: z.string(),
  /** What happened, with what it happened to. */
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
  SERVICE_UNAVAILABLE: { status: 503, message: "It cannot be done now", data: problemSchema.optional() },
  INTERNAL_SERVER_ERROR: { status: 500, message: "Something went wrong", data: problemSchema.optional() },
} as const;
export type ApiErrorCode = keyof typeof errors;

export interface ProcedureMeta extends Record<string, unknown> {
  /** Least role that may call it; anyone: also who has not signed in. */
  readonly role?: Role | "anyone";
}

const procedure = oc.$meta<ProcedureMeta>({ role: "admin" }).errors(errors);

/** For everybody, also without signing in. */
export const forAnyone = procedure.meta({ role: "anyone" });
/** For everybody who has signed in. */
export const forUsers = procedure.meta({ role: "user" });
/** For those who steer the work. */
export const forOperators = procedure.meta({ role: "operator" });
/** For those who set up the station. */
export const forAdmins = procedure.meta({ role: "admin" });

/** A page of a list. */
export const pageSchema = z.object({
  limit: z.number().int().min(1).max(1_000).default(100),
  offset: z.number().int().min(0).default(0),
});

export const idSchema = z.string().min(1).max(100);
/** ISO 8601, UTC. */
export const dateTimeSchema = z.string();
/** `2026-03-02`. */
export const dateSchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);
export const doneSchema = z.object({ done: z.literal(true) });
