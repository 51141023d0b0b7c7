/** Publishes a transcription on Cablecast. */
import { z } from "zod";
import { publishSteps } from "../../cablecast/publisher/publish.ts";
import { publishableByPrefix } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { publishNow } from "../publishing/publish-now.ts";
import type { JobKind } from "../queue/kind.ts";
import type { Workshop } from "../workshop.ts";

const payloadSchema = z.strictObject({
  transcriptionId: z.string().min(1),
  title: z.string().min(1).optional(),
  description: z.string().optional(),
});

export function publishKind(workshop: Workshop): JobKind {
  return {
    type: "publish",
    place: "network",
    steps: (payload) => {
      payloadSchema.parse(payload);
      return publishSteps;
    },
    run: async ({ payload, signal, step, report, know }) => {
      const { transcriptionId, ...wish } = payloadSchema.parse(payload);
      const [row] = publishableByPrefix(workshop.catalog, transcriptionId);
      if (row === undefined) throw new ArchivistError("publish.unknown", { subject: transcriptionId });
      know({ transcriptionId });
      return publishNow(
        workshop,
        row,
        wish,
        (message, stage, share) => {
          report({ progress: (publishSteps.indexOf(stage) + share) / publishSteps.length, stage, message });
        },
        signal,
        step,
      );
    },
  };
}
