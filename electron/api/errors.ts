/** Maps `ArchivistError` to errors of the API contract. */
import { ORPCError } from "@orpc/server";
import type { ApiErrorCode, Problem } from "../contract/api/base.ts";
import { type ArchivistError, type ErrorCode, toArchivistError } from "../contract/errors.ts";

/** Codes that are not listed here are mapped by whether the error is retryable. */
const codes: Partial<Record<ErrorCode, ApiErrorCode>> = {
  "session.nobody": "UNAUTHORIZED",
  "session.wrong": "UNAUTHORIZED",
  "session.ticket": "UNAUTHORIZED",
  "session.too-many": "UNAUTHORIZED",
  "call.too-many": "TOO_MANY_REQUESTS",
  "session.name-needed": "UNPROCESSABLE_CONTENT",
  "session.role": "FORBIDDEN",
  "person.taken": "CONFLICT",
  "person.unknown": "NOT_FOUND",
  "person.last-admin": "CONFLICT",
  "upload.unknown": "NOT_FOUND",
  "upload.misplaced": "CONFLICT",
  "meeting.unknown": "NOT_FOUND",
  "meeting.deleted": "NOT_FOUND",
  "meeting.in-use": "CONFLICT",
  "meeting.invalid": "UNPROCESSABLE_CONTENT",
  "edit.refused": "UNPROCESSABLE_CONTENT",
  "edit.stale": "CONFLICT",
  "edit.read-only": "CONFLICT",
  "edit.nothing": "CONFLICT",
  "edit.errors": "CONFLICT",
  "edit.warnings": "CONFLICT",
  "job.unknown": "NOT_FOUND",
  "job.ambiguous": "CONFLICT",
  "job.state": "CONFLICT",
  "job.unavailable": "UNPROCESSABLE_CONTENT",
  "batch.unknown": "NOT_FOUND",
  "batch.ambiguous": "CONFLICT",
  "batch.nothing-failed": "CONFLICT",
  "schedule.unknown": "NOT_FOUND",
  "schedule.taken": "CONFLICT",
  "queue.full": "SERVICE_UNAVAILABLE",
  "publish.unknown": "NOT_FOUND",
  "usage.invalid": "BAD_REQUEST",
  "pattern.invalid": "UNPROCESSABLE_CONTENT",
  "settings.here-only": "FORBIDDEN",
  "file.elsewhere": "FORBIDDEN",
  "session.unknown": "NOT_FOUND",
  "upload.too-many": "TOO_MANY_REQUESTS",
  "upload.superseded": "CONFLICT",
  "settings.invalid": "UNPROCESSABLE_CONTENT",
  "file.missing": "NOT_FOUND",
  "disk.full": "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
};

export function toProblem(error: ArchivistError): Problem {
  const { code, message, remedy, retryable } = error;
  return { code, message, remedy, retryable };
}

export function toApiError(thrown: unknown): ORPCError<string, unknown> {
  if (thrown instanceof ORPCError) return thrown;
  const error = toArchivistError(thrown);
  const code = codes[error.code] ?? (error.retryable ? "SERVICE_UNAVAILABLE" : "UNPROCESSABLE_CONTENT");
  return new ORPCError(code, { message: error.message, data: toProblem(error), defined: true, cause: thrown });
}
