/** Options of a single publication; omitted ones default to the settings. */
import { z } from "zod";
import { targetNames } from "../contract/publishing.ts";

export const publishOptionsSchema = z.strictObject({
  target: z.enum(targetNames).optional(),
  /** Public title. */
  title: z.string().trim().min(1).max(500).optional(),
  description: z.string().max(10_000).optional(),
  /** False: use the title from the recording's file name instead of one made from city and meeting type. */
  generateTitle: z.boolean().optional(),
  /** False: do not generate a description from the summary. */
  generateDescription: z.boolean().optional(),
  tags: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  /** Picture height in lines. */
  quality: z.number().int().min(144).max(4320).optional(),
  /** False: publish without captions. */
  captions: z.boolean().optional(),
  /** True: make a new show, even if a show on the server looks like this recording. */
  newShow: z.boolean().optional(),
});
export type PublishOptions = z.infer<typeof publishOptionsSchema>;

/**
 * The options that also apply to later publications. Field values that a user has entered are stored with the field
 * instead.
 */
export function lastingOptions({ generateTitle, generateDescription }: PublishOptions): PublishOptions {
  return {
    ...(generateTitle === undefined ? {} : { generateTitle }),
    ...(generateDescription === undefined ? {} : { generateDescription }),
  };
}

/** @param stored as in the catalog, possibly from a release with other options */
export const parseStoredOptions = (stored: unknown): PublishOptions =>
  publishOptionsSchema.safeParse(stored).data ?? {};
