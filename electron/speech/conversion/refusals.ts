/** The errors of a conversion: what a file is instead of a Whisper model, or how it is damaged, and what to do then. */
import { ArchivistError } from "../../contract/errors.ts";

const supportedKinds =
  "Import a Whisper model: OpenAI's .pt file, a Hugging Face folder with safetensors, a faster-whisper folder, or a ggml file of whisper.cpp.";

/** It may be sound, but it is not a Whisper model, or not in a form that can be converted. */
export function notWhisper(subject: string, cause: string, remedy: string = supportedKinds): ArchivistError {
  return new ArchivistError("model.invalid", { subject, cause, remedy });
}

/** It contradicts itself: nothing that a program wrote on purpose. */
export function damaged(subject: string, cause: string): ArchivistError {
  return new ArchivistError("model.invalid", {
    subject,
    cause: `the model is damaged: ${cause}`,
    remedy: "Get the model again from where it came from, and compare its size or checksum.",
  });
}

/** Somebody ended the import. */
export function canceled(): ArchivistError {
  return new ArchivistError("interrupted", {
    cause: "the import was canceled",
    remedy: "Import the model again: nothing is left of the first try.",
  });
}

/** It ends before it is complete. */
export function truncated(subject: string): ArchivistError {
  return new ArchivistError("model.truncated", {
    subject,
    cause: "the model is incomplete: the file ends too early",
    remedy: "Copy or download it again, and compare its size with the original's.",
  });
}
