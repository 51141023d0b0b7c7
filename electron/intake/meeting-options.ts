/**
 * What the place and the name of a recording say about its meeting, what the settings of its city say about the work, and
 * what a user says instead. Pure.
 */
import { basename, parse } from "node:path";
import { defaultProfile, type SpeakerLabels } from "../captions/quality/caption-profile.ts";
import { type CitySettings, findGlossaryName } from "../contract/settings/cities.ts";
import type { Settings } from "../contract/settings.ts";
import { isSameName } from "../platform/names.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import { findCityOfFile, findShareOfPath } from "../shares/which-share.ts";
import { getFolderDay } from "../transcription/output-folder.ts";
import type { MeetingInfo } from "../transcription/transcription-run.ts";
import { type OutputDestination, resolveOutputDestination } from "./output-destination.ts";

export interface MeetingRequest {
  /** Absolute path. */
  readonly path: string;
  /** When the file was last changed, in milliseconds since 1970; undefined: not known. */
  readonly modifiedMs?: number | undefined;
  /** Name of the city; null: none, whatever the name of the file says; undefined: found by place and name. */
  readonly city?: string | null | undefined;
  readonly language?: string | undefined;
  /** Which sound of the recording is used; undefined: the city's, or the one with speech. */
  readonly sound?: string | undefined;
  /** Text of the house style; undefined: the city's, or the station's. */
  readonly style?: string | undefined;
  /** Whether captions show who speaks; undefined: as the city or the station does. */
  readonly speakers?: boolean | undefined;
  /** Known details; null: it is known that there is none; undefined: read from the name of the file. */
  readonly meeting?: MeetingInfo | undefined;
}

export interface MeetingOptions {
  /** Name of the city, which the settings need not know. */
  readonly cityName: string | undefined;
  /** The city in the settings. */
  readonly city: CitySettings | undefined;
  readonly glossary: string | undefined;
  readonly language: string;
  /** Languages that are looked for besides it. */
  readonly otherLanguages: readonly string[];
  readonly translatesOthers: boolean;
  /** Undefined: the one with speech. */
  readonly sound: string | undefined;
  readonly profile: CitySettings["captionProfile"];
  readonly speakerLabels: SpeakerLabels | undefined;
  /** Undefined: the station's. */
  readonly style: string | undefined;
  /** Label of the share that holds the recording. */
  readonly share: string | undefined;
  /** `2026-03-02`; null: unknown. */
  readonly date: string | null;
  /** The day that its folder bears: its date, or where that is unknown the day on which the file was last changed. */
  readonly folderDay: string | null;
  readonly type: string | null;
  readonly title: string;
  /** Where its files go. */
  readonly destination: OutputDestination;
}

export function resolveMeetingOptions(settings: Settings, request: MeetingRequest): MeetingOptions {
  const { path, meeting = {} } = request;
  const cities = settings.cities.members;
  const shares = settings.shares.servers;
  const chosen = request.city?.trim();
  const city =
    request.city === undefined
      ? findCityOfFile(cities, shares, path)
      : cities.find(({ name }) => isSameName(name, chosen));
  const cityName = city?.name ?? (chosen || undefined);
  const named = readFileName(basename(path), city?.namePatterns);
  const date = meeting.date === undefined ? (named.date ?? null) : meeting.date;
  const type = meeting.type === undefined ? (named.type ?? null) : meeting.type;
  const title = meeting.title ?? named.title;
  const share = findShareOfPath(shares, path)?.share;
  const folderDay = getFolderDay(settings, { date, namedDate: named.date, modifiedMs: request.modifiedMs });
  return {
    cityName,
    city,
    glossary: findGlossaryName(city, cityName),
    language: request.language ?? city?.language ?? settings.speech.language,
    otherLanguages: city?.otherLanguages ?? settings.speech.otherLanguages,
    translatesOthers: (city?.otherLanguageCaptions ?? settings.speech.otherLanguageCaptions) === "translated",
    sound: request.sound ?? city?.sound ?? undefined,
    profile: city?.captionProfile ?? null,
    speakerLabels: getSpeakerLabels(settings, city, request.speakers),
    style: request.style ?? city?.style ?? undefined,
    share: share?.label,
    date,
    folderDay,
    type,
    title,
    destination: resolveOutputDestination(settings, {
      city,
      cityName,
      ownShare: share,
      date: folderDay ?? undefined,
      type: type ?? undefined,
      title: title || parse(path).name,
    }),
  };
}

/** Who asks for speakers gets them as the city or the station shows them; where those show none, by `>>`. */
function getSpeakerLabels(
  { captions }: Settings,
  city: CitySettings | undefined,
  speakers: boolean | undefined,
): SpeakerLabels | undefined {
  const own = city?.speakerLabels ?? undefined;
  if (speakers === undefined) return own;
  if (!speakers) return "none";
  return (own ?? captions.speakerLabels) === "none" ? defaultProfile.speakerLabels : own;
}
