/** Where updates come from and whose they are: built into the program, so that nobody can tell it otherwise. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const isSafe = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  // Nobody stands between a program and its own machine.
  return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
};

export const feedSchema = z.strictObject({
  /** Folder of the web with manifests, their signatures and installers. */
  url: z.url().refine(isSafe, "updates come over HTTPS"),
  /** Public keys of those who may sign manifests, as `signed-text.ts` gives them; several while keys are changed. */
  keys: z.array(z.base64()).min(1),
});
export type UpdateFeed = z.infer<typeof feedSchema>;

/** @returns undefined for a program that was built without. @throws Error for a file that is not as it should be */
export function readFeed(path: string): UpdateFeed | undefined {
  return existsSync(path) ? feedSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}
