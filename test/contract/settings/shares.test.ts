import { expect, test } from "vitest";
import { stationProfiles } from "../../../electron/captions/quality/station-profile.ts";
import { captionProfiles } from "../../../electron/contract/settings/shares.ts";

test("the caption profiles of the settings are those of the captions", () => {
  expect([...captionProfiles].toSorted()).toEqual(Object.keys(stationProfiles).toSorted());
});
