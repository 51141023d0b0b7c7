/** What is asked for when a part of a meeting is heard again, and what follows from it for this meeting. */
import { z } from "zod";
import { captionProfileNameSchema, speakerLabels } from "../../captions/quality/caption-profile.ts";
import { during, type TimeSpan } from "../../captions/time/span.ts";
import type { Catalog } from "../../catalog/open.ts";
import { listChunks } from "../../catalog/repositories/chunks.ts";
import { findTranscription, findTranscriptionRequest } from "../../catalog/repositories/transcriptions.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { hearingOptionFields } from "../../contract/hearing.ts";
import { chooseModel } from "../../speech/models/choose-model.ts";
import { type FoundModel, findModel } from "../../speech/models/found-models.ts";
import type { StationServices } from "../../station-services.ts";

const hearingOptionsSchema = z.strictObject(hearingOptionFields);
export type HearingOptions = z.infer<typeof hearingOptionsSchema>;

/** The stored options of a transcription that matter here; others are of no concern. */
const storedOptionsSchema = z.object({
  language: z.string(),
  translate: z.boolean(),
  city: z.string().nullish(),
  sound: z.string().optional(),
  profile: captionProfileNameSchema.optional(),
  speakerLabels: z.enum(speakerLabels).optional(),
});
export type MeetingOptions = z.infer<typeof storedOptionsSchema>;

/** What a meeting was transcribed with. @throws ArchivistError `meeting.unknown` */
export function getMeetingOptions(
  catalog: Catalog,
  transcriptionId: string,
): MeetingOptions & { readonly model: string } {
  const found = findTranscriptionRequest(catalog, transcriptionId);
  if (found === undefined) throw new ArchivistError("meeting.unknown", { subject: transcriptionId });
  return { model: found.model, ...storedOptionsSchema.parse(found.options) };
}

/** The language that is spoken in a span, and whether its words are a translation, as the first hearing had it. */
function findLanguage(catalog: Catalog, transcriptionId: string, span: TimeSpan) {
  const options = getMeetingOptions(catalog, transcriptionId);
  const main = findTranscription(catalog, transcriptionId)?.spokenLanguage ?? options.language;
  const own = during(listChunks(catalog, transcriptionId), span).find(({ spokenLanguage }) => spokenLanguage !== null);
  if (own?.spokenLanguage == null) return { language: main, translate: options.translate };
  const isTranslated = own.language !== null && own.language !== own.spokenLanguage;
  return { language: own.spokenLanguage, translate: options.translate || isTranslated };
}

export interface ChosenHearing {
  readonly model: FoundModel;
  /** Language code, or `auto`. */
  readonly language: string;
  readonly translate: boolean;
  readonly careful: boolean;
}

/**
 * Chooses model and language: what is asked for, else what the meeting was transcribed with. Where nobody names a model and
 * the meeting's is gone or knows no other language, the best one that does is taken.
 * @throws ArchivistError `model.*`, `meeting.unknown`
 */
export function chooseHearing(
  {
    catalog,
    modelsFolder,
    machine,
    settings,
  }: Pick<StationServices, "catalog" | "modelsFolder" | "machine" | "settings">,
  transcriptionId: string,
  span: TimeSpan,
  asked: HearingOptions,
): ChosenHearing {
  const first = findLanguage(catalog, transcriptionId, span);
  const language = asked.language ?? first.language;
  const translate = asked.translate ?? (asked.language === undefined && first.translate);
  const request = { language, translate };
  const choose = (model: string): FoundModel => chooseModel({ model, ...request }, modelsFolder, machine);
  const { careful = false } = asked;
  if (asked.model !== undefined) return { model: choose(asked.model), ...request, careful };
  const own = findOwnModel(getMeetingOptions(catalog, transcriptionId).model, modelsFolder);
  const fits = own !== undefined && (own.multilingual || (!translate && (language === "en" || language === "auto")));
  return { model: choose(fits ? own.path : own === undefined ? settings.speech.model : "auto"), ...request, careful };
}

function findOwnModel(name: string, modelsFolder: string): FoundModel | undefined {
  try {
    return findModel(name, modelsFolder);
  } catch {
    // It is not on this machine any more.
    return undefined;
  }
}

/** How it is heard, in the words of the history: "small, more careful, in es, translated". */
export const describeHearing = ({ model, language, translate, careful }: ChosenHearing): string =>
  [
    model.name,
    ...(careful ? ["more careful"] : []),
    ...(language === "en" ? [] : [`in ${language}`]),
    ...(translate ? ["translated"] : []),
  ].join(", ");
