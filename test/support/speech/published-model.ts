/**
 * The real files are not to be had in tests, so the checksum of one of the published models is that of a file that is: the
 * network of the tests stands for the Silero network.
 */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { beforeEach, vi } from "vitest";
import { officialModel } from "../../../electron/speech/models/official-models.ts";
import { sileroNetwork } from "./silero-network.ts";

/** The file that is published under the name, as far as the tests of a file know that call `publishForTests`. */
export const published = sileroNetwork();
export const publishedName = "silero-v6.2.0";
export const publishedFileName = `ggml-${publishedName}.bin`;

/** Publishes the file for each test of the calling file. */
export function publishForTests(): void {
  beforeEach(() => {
    const model = officialModel(publishedName);
    if (model === undefined) throw new Error(`${publishedName} is not published`);
    const hex = createHash("sha256").update(published).digest("hex");
    vi.spyOn(model.checksum, "hex", "get").mockReturnValue(hex);
    return () => vi.restoreAllMocks();
  });
}

/** The files of a models folder, without its lock. */
export const listModelFiles = (folder: string): readonly string[] =>
  readdirSync(folder).filter((file) => !file.startsWith(".archivist-lock"));
