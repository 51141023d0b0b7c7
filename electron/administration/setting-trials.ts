/** Tries out part of the settings with new values before they are saved. */
import { checkCablecast } from "../cablecast/check.ts";
import { connectCablecast, storedCredentials } from "../cablecast/connect.ts";
import type { Logger } from "../config/logger.ts";
import type { SecretStore } from "../config/secrets.ts";
import type { Trial } from "../contract/api/station.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { type CheckResult, checkMediaTools, checkModels, shareFinding } from "../monitoring/doctor.ts";
import { judgeShare } from "../shares/health/judge.ts";
import { ShareProbe } from "../shares/share-probe.ts";

export interface TrialServices {
  readonly settings: Settings;
  readonly modelsFolder: string;
  readonly secrets: SecretStore;
  readonly logger: Logger;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/** Names of the check results for a trial that throws. */
const names = { share: "Share", ffmpeg: "ffmpeg", model: "Speech model", cablecast: "Cablecast" } as const;

/** Runs a trial. An error is returned as a check result. */
export async function runTrial(deps: TrialServices, trial: Trial): Promise<readonly CheckResult[]> {
  try {
    return await tryOne(trial.what, deps, trial);
  } catch (thrown) {
    const { message, remedy } = toArchivistError(thrown);
    return [{ name: names[trial.what], status: "error", detail: message, remedy }];
  }
}

/** The trial types by their `what` field. */
type TrialByKind = { [T in Trial as T["what"]]: T };
type TrialFor<W extends Trial["what"]> = TrialByKind[W];
type Try<W extends Trial["what"]> = (
  deps: TrialServices,
  trial: TrialFor<W>,
) => Promise<readonly CheckResult[]> | readonly CheckResult[];

const trials: { readonly [W in Trial["what"]]: Try<W> } = {
  share: async ({ settings, now }, { path, mustBeMounted }) => {
    const probe = new ShareProbe({ deadlineMs: settings.shares.probeSeconds * 1000 });
    const share = { path, label: path, role: "active", mountCommand: null, mustBeMounted } as const;
    const health = judgeShare(share, await probe.check(path, true), settings.shares, now.toISOString());
    return [{ ...shareFinding(health), name: health.message }];
  },
  ffmpeg: ({ settings }, { ffmpegPath, ffprobePath }) => {
    const media = { ...settings.media };
    if (ffmpegPath !== undefined) media.ffmpegPath = ffmpegPath;
    if (ffprobePath !== undefined) media.ffprobePath = ffprobePath;
    return checkMediaTools({ settings: { ...settings, media } });
  },
  model: ({ settings, modelsFolder }, { model, language }) => {
    const speech = { ...settings.speech };
    if (model !== undefined) speech.model = model;
    if (language !== undefined) speech.language = language;
    return checkModels({ settings: { ...settings, speech }, modelsFolder });
  },
  cablecast: ({ settings, secrets, logger, signal }, { url }) => {
    const cablecast = { ...settings.cablecast, ...(url === undefined ? {} : { url }) };
    if (url !== undefined) requireBound(secrets);
    const client = connectCablecast({ settings: cablecast, secrets, logger });
    return checkCablecast(client, cablecast.location, storedCredentials(secrets)?.user ?? "", signal);
  },
};

/** Credentials that are bound to no server yet must not be tried out on any. */
function requireBound(secrets: SecretStore): void {
  const stored = storedCredentials(secrets);
  if (stored === undefined || stored.origin !== undefined) return;
  throw new ArchivistError("cablecast.not-configured", {
    cause: "it is not known which server user and secret are for",
    remedy: "Save the address, and give user and secret on the Cablecast screen.",
  });
}

/** Generic, so that the compiler knows that trial and function are of the same kind. */
async function tryOne<W extends Trial["what"]>(
  what: W,
  deps: TrialServices,
  trial: TrialFor<W>,
): Promise<readonly CheckResult[]> {
  return trials[what](deps, trial);
}
