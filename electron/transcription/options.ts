/**
 * The options that determine the resulting words and cues: the same options on the same content are the same
 * transcription.
 */
import { createHash } from "node:crypto";
import {
  baseStyles,
  defaultStyleText,
  formatHouseStyle,
  type HouseStyle,
  parseHouseStyle,
} from "../captions/house-style/style.ts";
import {
  type CaptionProfile,
  type CueProfile,
  captionProfiles,
  defaultProfile,
  type SpeakerLabels,
} from "../captions/quality/caption-profile.ts";
import type { CitySettings } from "../contract/settings/cities.ts";
import type { Settings } from "../contract/settings.ts";
import { parseSound } from "../contract/sound.ts";
import type { ModelChoice } from "../speech/engine.ts";
import type { FoundModel } from "../speech/models/found-models.ts";
import { withoutPrecision } from "../speech/models/model-name.ts";
import { officialModel } from "../speech/models/official-models.ts";
import type { TranscriptionRequest } from "./transcription-run.ts";

/** Incremented when the pipeline itself would produce different results. */
const pipelineVersion = 2;

export interface WorkOptions {
  readonly pipeline: number;
  readonly language: string;
  readonly translate: boolean;
  /** Name of the glossary. The field is called `city` because it is part of the work key in existing catalogs. */
  readonly city: string | null;
  readonly windowSeconds: number;
  readonly voiceDetection: Settings["speech"]["voiceDetection"];
  readonly wordTimes: Settings["speech"]["wordTimes"];
  readonly beamSize: number;
  readonly secondTries: number;
  /** Only where one is set, so that the keys of existing work stay as they are. */
  readonly secondModel?: string;
  /** Those left out stand apart, and only if they are not what they were before they could be set: keys stay the same. */
  readonly captions: Omit<Settings["captions"], "speakerLabels" | "style">;
  readonly profile?: string;
  readonly sound?: string;
  readonly otherLanguages?: readonly string[];
  readonly translatesOthers?: true;
  readonly speakerLabels?: SpeakerLabels;
  readonly style?: string;
}

export function workOptions(
  settings: Settings,
  request: Pick<
    TranscriptionRequest,
    | "language"
    | "translate"
    | "otherLanguages"
    | "translatesOthers"
    | "glossaryName"
    | "profile"
    | "sound"
    | "speakerLabels"
    | "style"
  >,
): WorkOptions {
  const { speakerLabels: stationLabels, style: _, ...captions } = settings.captions;
  const speakerLabels = request.speakerLabels ?? stationLabels;
  const style = formatHouseStyle(getHouseStyle(settings, request));
  const { windowSeconds, voiceDetection, wordTimes, beamSize, secondTries } = settings.speech;
  return {
    pipeline: pipelineVersion,
    language: request.language,
    translate: request.translate,
    city: request.glossaryName ?? null,
    ...{ windowSeconds, voiceDetection, wordTimes, beamSize, secondTries },
    captions,
    ...(settings.speech.secondModel === "none" ? {} : { secondModel: settings.speech.secondModel }),
    ...(request.profile === undefined ? {} : { profile: request.profile }),
    // Only where one is set, so that the keys of existing work stay as they are.
    ...(parseSound(request.sound) === undefined ? {} : { sound: request.sound as string }),
    ...(request.otherLanguages === undefined || request.otherLanguages.length === 0
      ? {}
      : {
          otherLanguages: request.otherLanguages.toSorted(),
          ...(request.translatesOthers === true ? ({ translatesOthers: true } as const) : {}),
        }),
    ...(speakerLabels === defaultProfile.speakerLabels ? {} : { speakerLabels }),
    ...(style === defaultStyleText ? {} : { style }),
  };
}

/**
 * The model as the engine has to load it: with the alignment heads that OpenAI published for it, otherwise those of the
 * top layer, if the settings ask for word times from the model's attention.
 */
export function modelChoice(settings: Settings, { name, path, family }: FoundModel): ModelChoice {
  // Parakeet has word times of its own, which are better than either.
  if (settings.speech.wordTimes === "sound" || family === "parakeet") return { path };
  const published = officialModel(name);
  return { path, alignment: published?.kind === "speech" ? withoutPrecision(name) : "top" };
}

/** A digest that is equal for equal options. */
export function optionsKey(options: WorkOptions): string {
  return createHash("sha256").update(JSON.stringify(options)).digest("hex");
}

/** The house style of a request, or the one of the settings. */
export function getHouseStyle(settings: Settings, { style }: Pick<TranscriptionRequest, "style">): HouseStyle {
  return parseHouseStyle(style ?? settings.captions.style) ?? baseStyles.us;
}

/** The caption profile of a request, or the one of the settings; speakers are labeled as the city or the station asks. */
export function getCaptionProfile(
  settings: Settings,
  { profile, speakerLabels = settings.captions.speakerLabels }: Pick<TranscriptionRequest, "profile" | "speakerLabels">,
): CaptionProfile {
  const { cues, severities } = profile === undefined ? stationProfile(settings) : captionProfiles[profile];
  return { cues: { ...cues, speakerLabels }, severities, passMark: settings.quality.passScore };
}

/** The caption profile of a city, or the station's where it has none. */
export const getCityProfile = (
  settings: Settings,
  city: Pick<CitySettings, "captionProfile" | "speakerLabels"> | undefined,
): CaptionProfile =>
  getCaptionProfile(settings, {
    profile: city?.captionProfile ?? undefined,
    speakerLabels: city?.speakerLabels ?? undefined,
  });

/** The caption rules of the settings. */
export function cueProfile(captions: Settings["captions"]): CueProfile {
  return {
    ...defaultProfile,
    maxLineLength: captions.maxLineLength,
    maxLines: captions.maxLines,
    maxCharactersPerSecond: captions.maxCharactersPerSecond,
    minMs: Math.round(captions.minSeconds * 1000),
    maxMs: Math.round(captions.maxSeconds * 1000),
    maxMergedLines: captions.maxMergedLines,
    speakerLabels: captions.speakerLabels,
  };
}

/** The station's caption profile, from the settings. */
function stationProfile({ captions, quality }: Settings): CaptionProfile {
  return { cues: cueProfile(captions), severities: {}, passMark: quality.passScore };
}
