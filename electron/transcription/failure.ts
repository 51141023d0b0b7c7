/** Explains why a transcription failed, from its stored error code. */
import type { LibraryRow } from "../catalog/repositories/library.ts";
import { type ErrorCode, errorKinds } from "../contract/errors.ts";

export interface FailureReason {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly retryable: boolean;
}

/**
 * The stored text of a failure has two lines: the cause, and what to do about this very failure.
 * @param remedy what to do about any failure of that kind, where the text does not say it */
function splitFailure(text: string, remedy: string): Pick<FailureReason, "message" | "remedy"> {
  const [message = "", ...own] = text.split("\n");
  if (own.length > 0) return { message, remedy: own.join(" ") };
  // Earlier releases wrote both in one line.
  const end = `. ${remedy}`;
  return { message: text.endsWith(end) ? text.slice(0, -end.length) : text, remedy };
}

/**
 * @returns undefined for a transcription that did not fail; an error code of another Archivist release gets a general
 *   remedy
 */
export function findFailure(row: Pick<LibraryRow, "status" | "errorCode" | "errorMessage">): FailureReason | undefined {
  const { status, errorCode: code, errorMessage } = row;
  if (status !== "failed" || code === null) return undefined;
  const kind = errorKinds[code as ErrorCode] as (typeof errorKinds)[ErrorCode] | undefined;
  const remedy = kind?.remedy ?? "Try again.";
  return {
    code,
    ...splitFailure(errorMessage ?? kind?.cause ?? "it failed", remedy),
    retryable: kind?.retryable ?? false,
  };
}
