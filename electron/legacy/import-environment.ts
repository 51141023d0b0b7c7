/** Converts the environment variables of the legacy product to settings. Pure functions. */

export interface ImportResult {
  /** Settings by key. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Variables that have no equivalent, with the reason. */
  readonly left: readonly { readonly variable: string; readonly reason: string }[];
}

type Take = (text: string) => readonly (readonly [key: string, value: unknown])[] | string;

const number =
  (key: string, convert: (value: number) => number = (value) => value): Take =>
  (text) => {
    const value = Number(text);
    return Number.isFinite(value) ? [[key, convert(value)]] : "it is no number";
  };
const flag =
  (key: string): Take =>
  (text) => [[key, text.toLowerCase() === "true"]];
const text =
  (key: string): Take =>
  (value) => [[key, value]];

const levels: Readonly<Record<string, string>> = {
  DEBUG: "debug",
  INFO: "info",
  WARNING: "warn",
  ERROR: "error",
  CRITICAL: "error",
};

/** Keeps only the origin: the client adds the API path. */
function parseAddress(value: string): ReturnType<Take> {
  return URL.canParse(value) ? [["cablecast.url", new URL(value).origin]] : "it is no web address";
}

const takes: Readonly<Record<string, Take>> = {
  CABLECAST_API_URL: parseAddress,
  CABLECAST_LOCATION_ID: number("cablecast.location"),
  CABLECAST_TIMEOUT: number("cablecast.timeoutSeconds"),
  CABLECAST_MAX_RETRIES: number("cablecast.attempts", (retries) => retries + 1),
  AUTO_PUBLISH_TO_VOD: flag("publishing.automatic"),
  VOD_BATCH_SIZE: number("publishing.batchSize", (size) => Math.min(500, Math.max(1, Math.round(size)))),
  VOD_UPLOAD_TIMEOUT: number("cablecast.uploadMinutes", (seconds) => Math.min(10_080, seconds / 60)),
  VOD_DEFAULT_QUALITY: (value) =>
    Number(value) >= 144
      ? [["publishing.quality", Number(value)]]
      : "it is a number of the old system, not lines of a picture",
  MAX_FILE_SIZE: number("media.maxFileGigabytes", (bytes) => Math.max(1, Math.round(bytes / 1024 ** 3))),
  MAX_QUEUE_SIZE: number("queue.maxJobs"),
  DEFAULT_OUTPUT_PATH: text("output.folder"),
  LOG_LEVEL: (value) => {
    const level = levels[value.toUpperCase()];
    return level === undefined ? "there is no such level" : [["log.level", level]];
  },
};

const secretNames = /KEY|SECRET|PASSWORD|TOKEN/;

function reasonFor(variable: string): string {
  if (variable === "CABLECAST_API_KEY") return "secrets stand in no settings: archivist cablecast login";
  if (secretNames.test(variable)) return "secrets stand in no settings";
  if (/^(WEBHOOK|SSO)_/.test(variable)) return "not part of this version";
  if (/^(CELERY|REDIS|POSTGRES|DATABASE|DB)_/.test(variable)) return "Archivist needs no such service";
  return "it has no place here";
}

/** @param variables as in the file, without quotes */
export function importEnvironment(variables: Readonly<Record<string, string>>): ImportResult {
  const values: Record<string, unknown> = {};
  const left: { variable: string; reason: string }[] = [];
  for (const [variable, content] of Object.entries(variables)) {
    if (content.trim() === "") continue;
    const taken = takes[variable]?.(content.trim()) ?? reasonFor(variable);
    if (typeof taken === "string") left.push({ variable, reason: taken });
    else for (const [key, value] of taken) values[key] = value;
  }
  return { values, left };
}
