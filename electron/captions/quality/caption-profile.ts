/** A station's caption rules: the limits, which of them are errors, and how good captions must be to pass. */
import { z } from "zod";
import { profileAlignments } from "../cue.ts";
import { type Immutable, immutable } from "../readonly.ts";
import { ruleNameSchema } from "./rules.ts";
import { severities } from "./severity.ts";

/** How a change of speaker is shown: not at all, by `>>`, or by `>> NAME:` (electron/captions/README.md, "Speakers and sounds"). */
export const speakerLabels = ["none", "arrows", "names"] as const;
export type SpeakerLabels = (typeof speakerLabels)[number];

const cueProfileObject = z.object({
  /** Columns; CEA-608 has 32. */
  maxLineLength: z.number(),
  maxLines: z.number(),
  maxCharactersPerSecond: z.number(),
  /** Words of text in a minute; absent: characters alone decide. */
  maxWordsPerMinute: z.number().exactOptional(),
  /** Shortest and longest time that a cue should stay, in milliseconds. */
  minMs: z.number(),
  maxMs: z.number(),
  /** Time between two cues that follow each other at once: two frames (Netflix timed-text guide). */
  minGapMs: z.number(),
  /** Smaller gaps are closed to `minGapMs`: half a second (Netflix timed-text guide). */
  closeGapMs: z.number(),
  /** A cue never straddles a silence of this length. */
  longPauseMs: z.number(),
  speakerLabels: z.enum(speakerLabels),
  /** Where rows begin. */
  align: z.enum(profileAlignments),
  /** Captions that cannot be loaded one after the other are shown together in at most this many rows, 2 to 4. */
  maxMergedLines: z.number(),
  /** A caption may be this late at most: two seconds, as the BBC allows. More is an error. */
  maxDelayMs: z.number(),
});

/** The limits of a caption. */
export type CueProfile = Immutable<z.infer<typeof cueProfileObject>>;

const captionProfileObject = z.object({
  cues: cueProfileObject,
  /** Rules that this station takes otherwise; `off` leaves a rule out. */
  severities: z.partialRecord(ruleNameSchema, z.enum([...severities, "off"])),
  /** Score from 0 to 1 that captions must reach; below it they need review. */
  passMark: z.number(),
});

export type CaptionProfile = Immutable<z.infer<typeof captionProfileObject>>;
export const captionProfileSchema = immutable(captionProfileObject);

/**
 * Two lines of 32; 1 to 7 seconds (electron/captions/README.md, "Limits and reading speed"); 20 characters a
 * second, the loosest of the cited limits, because councils speak fast and the rule is to keep every word.
 */
export const defaultProfile: CueProfile = {
  maxLineLength: 32,
  maxLines: 2,
  maxCharactersPerSecond: 20,
  minMs: 1000,
  maxMs: 7000,
  minGapMs: 67,
  closeGapMs: 500,
  longPauseMs: 1500,
  speakerLabels: "arrows",
  align: "center",
  maxMergedLines: 3,
  maxDelayMs: 2000,
};

const passMark = 0.7;

/** Limits and sources: electron/captions/README.md, "Limits and reading speed". */
export const captionProfiles = {
  /** Council meetings: every word is kept, so speed is only warned about. */
  standard: { cues: defaultProfile, severities: {}, passMark },
  /** DCMP Captioning Key: left, at least two seconds, near-verbatim speed. */
  dcmp: {
    cues: {
      ...defaultProfile,
      align: "left",
      minMs: 2000,
      maxMs: 6000,
      maxCharactersPerSecond: 18,
      maxWordsPerMinute: 235,
    },
    severities: {},
    passMark,
  },
  /** Netflix timed text: 5/6 to 7 seconds, 17 characters a second, strict gaps. */
  netflix: {
    cues: { ...defaultProfile, minMs: 833, maxMs: 7000, maxCharactersPerSecond: 17, maxWordsPerMinute: 200 },
    severities: { gap: "error", "too-short": "error", "too-long": "error" },
    passMark,
  },
  /** BBC: 160 to 180 words a minute. */
  bbc: {
    cues: { ...defaultProfile, maxWordsPerMinute: 180, maxCharactersPerSecond: 17 },
    severities: {},
    passMark,
  },
} as const satisfies Record<string, CaptionProfile>;

export type CaptionProfileName = keyof typeof captionProfiles;
export const captionProfileNames = Object.keys(captionProfiles) as [CaptionProfileName, ...CaptionProfileName[]];
export const captionProfileNameSchema = z.enum(captionProfileNames);
