/** Which languages a speech model knows. */
import type { ModelFacts } from "./model-file.ts";

/** The languages of parakeet-tdt-0.6b-v3, from NVIDIA's model card. */
const parakeetLanguages: ReadonlySet<string> = new Set(
  "bg cs da de el en es et fi fr hr hu it lt lv mt nl pl pt ro ru sk sl sv uk".split(" "),
);

type Languages = Pick<ModelFacts, "kind" | "family" | "multilingual">;

export interface SpokenRequest {
  /** Language code, or `auto`. */
  readonly language: string;
  readonly translate: boolean;
}

/** The languages a model understands, as text for the user. */
export function spokenLanguages({ kind, family, multilingual }: Languages): string {
  if (kind === "voice-detection") return "any";
  if (!multilingual) return "English";
  return family === "parakeet" ? `${parakeetLanguages.size} European languages` : "99 languages";
}

/** What keeps a model from doing what is asked. */
export interface LanguageObstacle {
  readonly cause: string;
  readonly remedy?: string;
}

const whisperRemedy = "Choose a Whisper model of many languages, such as small or large-v3-turbo.";

/** Returns why a model cannot do what is asked; undefined when it can. English-only models take `auto` for English. */
export function languageObstacle(
  { name, family, multilingual }: Languages & { readonly name: string },
  { language, translate }: SpokenRequest,
): LanguageObstacle | undefined {
  if (!multilingual && language !== "en" && language !== "auto") {
    return { cause: `the model ${name} knows English only, and the language is set to ${language}` };
  }
  if (!multilingual && translate) {
    return { cause: `the model ${name} knows English only, so there is nothing to translate` };
  }
  if (family === "whisper" || !multilingual) return undefined;
  if (translate) return { cause: `the model ${name} does not translate`, remedy: whisperRemedy };
  if (language === "auto") {
    return {
      cause: `the model ${name} does not tell which language it hears`,
      remedy: "Set the language of the recording, or choose a Whisper model of many languages.",
    };
  }
  if (parakeetLanguages.has(language)) return undefined;
  return { cause: `the model ${name} does not know the language ${language}`, remedy: whisperRemedy };
}

/** True when a model can be chosen by itself: an unknown language needs one that tells which it is. */
export function suitsLanguage(model: Languages & { readonly name: string }, request: SpokenRequest): boolean {
  if (request.language === "auto" && !model.multilingual) return false;
  return languageObstacle(model, request) === undefined;
}
