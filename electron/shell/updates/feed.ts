/** The update feed: its address and the keys that are trusted. Built into the program, so that it cannot be changed. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const isSafe = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  // The connection to the local machine cannot be intercepted.
  return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
};

export const feedSchema = z.strictObject({
  /** Web folder with manifests, their signatures and installers. */
  url: z.url().refine(isSafe, "updates come over HTTPS"),
  /** Public keys that may sign manifests, in the form of `signed-text.ts`; several during a change of keys. */
  keys: z.array(z.base64()).min(1),
});
export type UpdateFeed = z.infer<typeof feedSchema>;

/** @returns undefined for a program that was built without a feed. @throws Error for an invalid file */
export function readFeed(path: string): UpdateFeed | undefined {
  return existsSync(path) ? feedSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}
