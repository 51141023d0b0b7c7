/** A station's caption rules: the limits, which of them are errors, and how good captions must be to pass. */
import { type CueProfile, defaultProfile } from "../segmentation/profile.ts";
import type { Severity } from "./issue.ts";

export interface StationProfile {
  readonly cues: CueProfile;
  /** Rules that this station takes otherwise; `off` leaves a rule out. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
  /** Score from 0 to 1 that captions must reach; below it they need review. The system's value is 0.7. */
  readonly passMark: number;
}

const passMark = 0.7;

/** Limits and sources: electron/captions/README.md, "Limits and reading speed". */
export const stationProfiles = {
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
} as const satisfies Record<string, StationProfile>;

export type StationProfileName = keyof typeof stationProfiles;
