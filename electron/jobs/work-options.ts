/** The options that decide which words and cues come out: the same ones on the same content are the same work. */
import { createHash } from "node:crypto";
import type { StationProfile } from "../captions/quality/station-profile.ts";
import type { CueProfile } from "../captions/segmentation/profile.ts";
import { defaultProfile } from "../captions/segmentation/profile.ts";
import type { Settings } from "../contract/settings.ts";

/** Raised when the pipeline itself would give other results than before. */
const pipelineVersion = 1;

export interface WorkOptions {
  readonly pipeline: number;
  readonly language: string;
  readonly chunkMinutes: number;
  readonly beamSize: number;
  readonly captions: Settings["captions"];
}

export function workOptions(settings: Settings, language: string): WorkOptions {
  const { chunkMinutes, beamSize } = settings.speech;
  return { pipeline: pipelineVersion, language, chunkMinutes, beamSize, captions: settings.captions };
}

/** A digest that is the same for the same options. */
export function optionsKey(options: WorkOptions): string {
  return createHash("sha256").update(JSON.stringify(options)).digest("hex");
}

/** The caption rules that the settings ask for. */
export function cueProfile(captions: Settings["captions"]): CueProfile {
  return {
    ...defaultProfile,
    maxLineLength: captions.maxLineLength,
    maxLines: captions.maxLines,
    maxCharactersPerSecond: captions.maxCharactersPerSecond,
    minMs: Math.round(captions.minSeconds * 1000),
    maxMs: Math.round(captions.maxSeconds * 1000),
    maxMergedLines: captions.maxMergedLines,
  };
}

/** The station's rules that the settings ask for. */
export function stationProfile({ captions, quality }: Settings): StationProfile {
  return { cues: cueProfile(captions), severities: {}, passMark: quality.passScore };
}
