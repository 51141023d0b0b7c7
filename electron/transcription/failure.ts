/** Why a transcription failed, from the code that was stored with it. */
import type { LibraryRow } from "../catalog/repositories/library.ts";
import { type ErrorCode, errorKinds } from "../contract/errors.ts";

export interface FailureReason {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly retryable: boolean;
}

/** @returns undefined for one that did not fail; a code of another release of Archivist has a general remedy */
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
