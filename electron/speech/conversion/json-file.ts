/** Reads the JSON files that lie beside a model. */
import type { z } from "zod";
import { damaged } from "./refusals.ts";
import { readSmallFile } from "./source-file.ts";

/**
 * Parses JSON text that came from outside.
 * @throws ArchivistError `model.invalid`, which never repeats what the file holds
 */
export function parseJson<T>(text: string, schema: z.ZodType<T>, subject: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(subject, "a description in it is not written as such files are (JSON)");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.map(String).join(".").slice(0, 80);
  throw damaged(subject, field ? `${field} is missing, or is not what it has to be` : "it does not describe a model");
}

/** @throws ArchivistError `file.*`, `model.invalid` */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>, maxBytes: number): T {
  return parseJson(readSmallFile(path, maxBytes).toString("utf8"), schema, path);
}
