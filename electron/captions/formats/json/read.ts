/** Reads Archivist's own caption file. */
import type { z } from "zod";
import { NotCaptionsError } from "../not-captions.ts";
import { captionDocumentSchema } from "./schema.ts";

/**
 * Reads an Archivist caption file.
 * @throws NotCaptionsError where it is not one
 */
export function readCaptionJson(text: string): z.output<typeof captionDocumentSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new NotCaptionsError(`this is not valid JSON (${(thrown as Error).message})`);
  }
  const parsed = captionDocumentSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.length ? ` at ${issue.path.join(".")}` : "";
  throw new NotCaptionsError(`this is not an Archivist caption file (${issue?.message ?? "unknown"}${place})`);
}
