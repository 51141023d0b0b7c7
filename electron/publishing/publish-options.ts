/** What may be said for one publication; whatever is not said is as the settings say. */
import { z } from "zod";
import { targetNames } from "../contract/publishing.ts";

export const publishOptionsSchema = z.strictObject({
  target: z.enum(targetNames).optional(),
  /** Title for the public. */
  title: z.string().trim().min(1).max(500).optional(),
  description: z.string().max(10_000).optional(),
  /** False: the title of the recording's file name, not one made of city and kind of meeting. */
  generateTitle: z.boolean().optional(),
  /** False: no description from the summary. */
  generateDescription: z.boolean().optional(),
  tags: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  /** Lines of the picture. */
  quality: z.number().int().min(144).max(4320).optional(),
  /** False: without captions. */
  captions: z.boolean().optional(),
  /** True: no show on the server is this recording yet, however alike they look. */
  newShow: z.boolean().optional(),
});
export type PublishOptions = z.infer<typeof publishOptionsSchema>;

/** What of a wish holds for the next time too: what a person has said of a field is kept with the field. */
export function lastingOptions({ generateTitle, generateDescription }: PublishOptions): PublishOptions {
  return {
    ...(generateTitle === undefined ? {} : { generateTitle }),
    ...(generateDescription === undefined ? {} : { generateDescription }),
  };
}

/** @param stored as the catalog has it, of a version that may have known other wishes */
export const parseStoredOptions = (stored: unknown): PublishOptions =>
  publishOptionsSchema.safeParse(stored).data ?? {};
