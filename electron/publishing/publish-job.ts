/** Publishes a transcription, or looks again at what was published. */
import { z } from "zod";
import { publishableByPrefix } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobKind } from "../queue/job-kind.ts";
import type { Workshop } from "../station-services.ts";
import { publishNow } from "./publish.ts";
import { publishWishSchema } from "./publish-options.ts";
import { stepsOfTarget } from "./targets.ts";
import { verifyLater } from "./verify.ts";

const payloadSchema = z.union([
  publishWishSchema.extend({ transcriptionId: z.string().min(1) }),
  // Only a look at what was published, by its row.
  z.strictObject({ verify: z.number().int() }),
]);

export function publishKind(workshop: Workshop): JobKind {
  const stepsOf = (payload: unknown): readonly string[] => {
    const parsed = payloadSchema.parse(payload);
    return "verify" in parsed ? ["read back"] : stepsOfTarget(parsed.target ?? workshop.settings.publishing.target);
  };
  return {
    type: "publish",
    place: "network",
    steps: stepsOf,
    run: async ({ payload, signal, step, report, know }) => {
      const parsed = payloadSchema.parse(payload);
      if ("verify" in parsed) {
        return step("read back", async () => ({ message: await verifyLater(workshop, parsed.verify, signal) }));
      }
      const { transcriptionId, ...wish } = parsed;
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
