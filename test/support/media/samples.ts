import { join } from "node:path";
import { inject } from "vitest";

/** Path of a media file that the global set-up has made. */
export function sample(name: string): string {
  return join(inject("sampleFolder"), name);
}
