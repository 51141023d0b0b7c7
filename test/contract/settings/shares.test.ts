import { expect, test } from "vitest";
import { captionProfiles } from "../../../electron/captions/quality/caption-profile.ts";
import { citySchema } from "../../../electron/contract/settings/cities.ts";

test("the caption profiles of the settings are those of the captions", () => {
  const { captionProfile } = citySchema.shape;
  const isTaken = (name: string): boolean => captionProfile.safeParse(name).success;
  for (const name of Object.keys(captionProfiles)) expect(isTaken(name), name).toBe(true);
  expect(isTaken("another")).toBe(false);
});
