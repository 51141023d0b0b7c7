/** Publishes a transcription. */
import { z } from "zod";
import { publishableByPrefix } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { publishNow } from "../publishing/publish-now.ts";
import { stepsOfTarget } from "../publishing/targets.ts";
import { publishWishSchema } from "../publishing/wish.ts";
import type { JobKind } from "../queue/kind.ts";
import type { Workshop } from "../workshop.ts";

const payloadSchema = publishWishSchema.extend({ transcriptionId: z.string().min(1) });

export function publishKind(workshop: Workshop): JobKind {
  const stepsOf = (payload: unknown): readonly string[] =>
    stepsOfTarget(payloadSchema.parse(payload).target ?? workshop.settings.publishing.target);
  return {
    type: "publish",
    place: "network",
    steps: stepsOf,
    run: async ({ payload, signal, step, report, know }) => {
      const { transcriptionId, ...wish } = payloadSchema.parse(payload);
      const [row] = publishableByPrefix(workshop.catalog, transcriptionId);
      if (row === undefined) throw new ArchivistError("publish.unknown", { subject: transcriptionId });
      know({ transcriptionId });
      const steps = stepsOf(payload);
      return publishNow(
        workshop,
        row,
        wish,
        (message, stage, share) => {
          report({ progress: (steps.indexOf(stage) + share) / steps.length, stage, message });
        },
        signal,
        step,
      );
    },
  };
}
