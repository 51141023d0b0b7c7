/** The job that writes the files of a meeting from its newest captions: it needs no model, and never hears the recording. */
import { z } from "zod";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import { defineJobKind, type JobKind } from "../../queue/job-kind.ts";
import type { StationServices } from "../../station-services.ts";
import { exportFiles } from "./export-files.ts";

const payloadSchema = z.strictObject({
  transcriptionId: z.string().min(1),
  /** The newest version when it was asked for; a later one is written if there is one by then. */
  version: z.number().int().min(0),
});

/** @param removeLeftFiles removes a meeting's files at a place that it has left, once those at the new one are written */
export function createExportJobKind(
  services: StationServices,
  removeLeftFiles: (transcriptionId: string) => Promise<unknown>,
): JobKind {
  return defineJobKind({
    type: "export",
    payload: payloadSchema,
    // A single step: each run writes what is newest, and a file that is right already is left as it is.
    steps: () => [{ name: "write" }],
    run: async ({ payload, signal, step, report, setJobFacts }) => {
      const row = requirePublishable(services.catalog, payload.transcriptionId);
      setJobFacts({ transcriptionId: row.id });
      return step("write", () =>
        // The recording itself may be in use for hours, by a transcription with another model.
        services.recordings.run(`files of ${row.id}`, signal, async () => {
          const onFolder = (folder: string, share: number): void =>
            report({ progress: share, stage: "write", message: `writing the files in ${folder}` });
          const { version, deliveries } = await exportFiles(services, row.id, onFolder);
          await removeLeftFiles(row.id);
          const files = deliveries.flatMap((delivery) => delivery.files.map(({ kind, path }) => ({ kind, path })));
          const renamed = deliveries.flatMap((delivery) => delivery.renamed);
          return {
            transcriptionId: row.id,
            version,
            files,
            renamed,
            message: describeExport(version, files.length, renamed),
          };
        }),
      );
    },
  });
}

function describeExport(version: number, count: number, renamed: readonly string[]): string {
  const aside = renamed.length === 0 ? "" : `; changed files were put aside as ${renamed.join(", ")}`;
  return `${count} files written, of version ${version}${aside}`;
}
