/** What the thread of a conversion and the program say to each other. */
import { ArchivistError, type ErrorCode } from "../../contract/errors.ts";
import type { Quantization } from "../../contract/model-quantization.ts";

export interface ConversionRequest {
  /** A file or a folder. */
  readonly path: string;
  readonly output: string;
  readonly quantization: Quantization | undefined;
}

/** An error of the closed list, without what cannot pass between threads. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly subject: string | undefined;
  readonly cause: string;
  readonly remedy: string;
}

/** `opened` waits for the answer `write`: there has to be room first. */
export type ConversionMessage =
  /** It is a model of whisper.cpp already, and nothing is to be changed. */
  | { readonly kind: "ggml"; readonly file: string }
  | { readonly kind: "opened"; readonly outputBytes: number }
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly error: PlainError };

export function toPlainError({ code, subject, reason, remedy }: ArchivistError): PlainError {
  return { code, subject, cause: reason, remedy };
}

export function fromPlainError({ code, subject, cause, remedy }: PlainError): ArchivistError {
  return new ArchivistError(code, { cause, remedy, ...(subject === undefined ? {} : { subject }) });
}
