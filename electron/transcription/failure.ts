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
 * @returns undefined for a transcription that did not fail; an error code of another Archivist release gets a general
 *   remedy
 */
export function findFailure(row: Pick<LibraryRow, "status" | "errorCode" | "errorMessage">): FailureReason | undefined {
  const { status, errorCode: code, errorMessage } = row;
  if (status !== "failed" || code === null) return undefined;
  const kind = errorKinds[code as ErrorCode] as (typeof errorKinds)[ErrorCode] | undefined;
  return {
    code,
    message: errorMessage ?? kind?.cause ?? "it failed",
    remedy: kind?.remedy ?? "Try again.",
    retryable: kind?.retryable ?? false,
  };
}
