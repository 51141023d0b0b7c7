/** Options of a single publication; omitted ones default to the settings. */
import { z } from "zod";
import { publishOptionFields } from "../contract/publishing.ts";

export const publishOptionsSchema = z.strictObject({
  ...publishOptionFields,
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
