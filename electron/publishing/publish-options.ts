/** Options of a single publication; omitted ones default to the settings. */
import { z } from "zod";
import { publishOptionFields } from "../contract/publishing.ts";

export const publishOptionsSchema = z.strictObject({
  ...publishOptionFields,
  /** Fingerprint of the meeting's own chapters that stored `chapters` replace: they hold as long as those do. */
  chaptersOver: z.string().optional(),
});
export type PublishOptions = z.infer<typeof publishOptionsSchema>;

/**
 * The options that also apply to later publications. Field values that a user has entered are stored with the field
 * instead.
 */
export function lastingOptions({
  generateTitle,
  generateDescription,
  chapters,
  chaptersOver,
}: PublishOptions): PublishOptions {
  return {
    ...(generateTitle === undefined ? {} : { generateTitle }),
    ...(generateDescription === undefined ? {} : { generateDescription }),
    ...(chapters === undefined || chaptersOver === undefined ? {} : { chapters, chaptersOver }),
  };
}

/** @param stored as in the catalog, possibly from a release with other options */
export const parseStoredOptions = (stored: unknown): PublishOptions =>
  publishOptionsSchema.safeParse(stored).data ?? {};

/** Returns the options with those that an earlier publication has left; the new ones prevail. */
export const withLastingOptions = (options: PublishOptions, stored: unknown): PublishOptions => {
  const lasting = lastingOptions(parseStoredOptions(stored));
  if (options.chapters === undefined) return { ...lasting, ...options };
  const { chapters: _, chaptersOver: __, ...others } = lasting;
  return { ...others, ...options };
};
