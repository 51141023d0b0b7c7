/** Caption rules. */
import { z } from "zod";
import { defaultStyleText, houseStyleHelp, houseStyleTextSchema } from "../../captions/house-style/style.ts";
import { speakerLabels } from "../../captions/quality/caption-profile.ts";
import { setting } from "./setting.ts";

export const captionsSchema = z.strictObject({
  maxLineLength: setting(
    z.number().int().min(16).max(32).default(32),
    "Longest caption line, in characters (CEA-608 has 32 columns).",
    "a whole number from 16 to 32",
  ),
  maxLines: setting(
    z.number().int().min(1).max(4).default(2),
    "Most lines in one caption.",
    "a whole number from 1 to 4",
  ),
  maxCharactersPerSecond: setting(
    z.number().min(5).max(60).default(20),
    "Reading speed that captions should stay under, in characters per second.",
    "a number from 5 to 60",
  ),
  minSeconds: setting(
    z.number().min(0.2).max(5).default(1),
    "Shortest time that a caption should stay, in seconds.",
    "a number of seconds from 0.2 to 5",
  ),
  maxSeconds: setting(
    z.number().min(2).max(30).default(7),
    "Longest time that a caption may stay, in seconds.",
    "a number of seconds from 2 to 30",
  ),
  speakerLabels: setting(
    z.enum(speakerLabels).default("arrows"),
    "How captions show that another person speaks, in the text itself. none: not at all; arrows: by >>; names: by >> NAME:, where the name is known and fits.",
    "a way: none, arrows or names",
  ),
  style: setting(
    houseStyleTextSchema.default(defaultStyleText),
    `How words are written in the same way everywhere, where a city has no style of its own: ${houseStyleHelp}.`,
    "the text of a style, such as: us, titles=Council Member",
  ),
  maxMergedLines: setting(
    z.number().int().min(2).max(4).default(3),
    "Most lines of captions that are shown together because they follow too fast to be loaded one by one.",
    "a whole number from 2 to 4",
  ),
});
