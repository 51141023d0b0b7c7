/** The options that decide which words and cues come out: the same ones on the same content are the same work. */
import { createHash } from "node:crypto";
import type { CueProfile } from "../captions/quality/caption-profile.ts";
import { type CaptionProfile, captionProfiles, defaultProfile } from "../captions/quality/caption-profile.ts";
import type { Settings } from "../contract/settings.ts";
import type { ModelChoice } from "../speech/engine.ts";
import type { FoundModel } from "../speech/models/found-models.ts";
import { officialModel } from "../speech/models/official-models.ts";
import type { TranscriptionRequest } from "./transcription-run.ts";

/** Raised when the pipeline itself would give other results than before. */
const pipelineVersion = 2;

export interface WorkOptions {
  readonly pipeline: number;
  readonly language: string;
  readonly translate: boolean;
  /** Name of the glossary. The field keeps its name: it is part of the key of the work in existing catalogs. */
  readonly city: string | null;
  readonly windowSeconds: number;
  readonly voiceDetection: Settings["speech"]["voiceDetection"];
  readonly wordTimes: Settings["speech"]["wordTimes"];
  readonly beamSize: number;
  readonly secondTries: number;
  readonly captions: Settings["captions"];
  readonly profile?: string;
}

export function workOptions(
  settings: Settings,
  request: Pick<TranscriptionRequest, "language" | "translate" | "glossaryName" | "profile">,
): WorkOptions {
  const { windowSeconds, voiceDetection, wordTimes, beamSize, secondTries } = settings.speech;
  return {
    pipeline: pipelineVersion,
    language: request.language,
    translate: request.translate,
    city: request.glossaryName ?? null,
    ...{ windowSeconds, voiceDetection, wordTimes, beamSize, secondTries },
    captions: settings.captions,
    ...(request.profile === undefined ? {} : { profile: request.profile }),
  };
}

/**
 * The model as the engine has to load it: with the alignment heads that OpenAI published for it, else the top layer's,
 * where the settings ask for word times from the model's attention.
 */
export function modelChoice(settings: Settings, { name, path }: FoundModel): ModelChoice {
  if (settings.speech.wordTimes === "sound") return { path };
  const published = officialModel(name);
  return { path, alignment: published?.kind === "speech" ? name.replace(/-q\d+_\d$/, "") : "top" };
}

/** A digest that is the same for the same options. */
export function optionsKey(options: WorkOptions): string {
  return createHash("sha256").update(JSON.stringify(options)).digest("hex");
}

/** The rules of a request: the profile that it names, else the settings'. */
export function getCaptionProfile(
  settings: Settings,
  { profile }: Pick<TranscriptionRequest, "profile">,
): CaptionProfile {
  if (profile === undefined) return stationProfile(settings);
  return { ...captionProfiles[profile], passMark: settings.quality.passScore };
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
function stationProfile({ captions, quality }: Settings): CaptionProfile {
  return { cues: cueProfile(captions), severities: {}, passMark: quality.passScore };
}
