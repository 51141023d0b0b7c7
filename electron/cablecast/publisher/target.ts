/** Cablecast as a publishing target. */
import type { SecretStore } from "../../config/secrets.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { PublishTarget, PublishTargetKind } from "../../contract/publishing.ts";
import type { Settings } from "../../contract/settings.ts";
import { connectCablecast } from "../connect.ts";
import type { PublisherDeps } from "./dependencies.ts";
import { previewPublication } from "./preview.ts";
import { cablecastSteps, publishOnCablecast, verify } from "./publish.ts";

interface CablecastTargetDeps extends Omit<PublisherDeps, "client" | "settings" | "makeThumbnail"> {
  readonly settings: Settings;
  /** Makes a JPEG of a recording in a folder of the meeting. @returns Its path; undefined: the recording has no picture */
  readonly keepThumbnail: NonNullable<PublisherDeps["makeThumbnail"]>;
  readonly secrets: SecretStore;
}

export const cablecastTargetKind: PublishTargetKind<CablecastTargetDeps> = {
  name: "cablecast",
  steps: cablecastSteps,
  // It is the default target of a new station: one without a server does not publish yet, which is not an error.
  findSettingsFault: () => undefined,
  open: ({ secrets, keepThumbnail, ...deps }) => {
    const settings = deps.settings.cablecast;
    return createCablecastTarget({
      ...deps,
      makeThumbnail: keepThumbnail,
      settings,
      client: connectCablecast({ settings, secrets, logger: deps.logger }),
    });
  },
};

export function createCablecastTarget(deps: PublisherDeps): PublishTarget {
  return {
    name: "cablecast",
    server: deps.client.address,
    preview: (publication) => previewPublication(deps, publication),
    publish: (publication, step) => publishOnCablecast(deps, publication, step),
    verify: async (publication, { vodId, showId }) =>
      showId === undefined
        ? { verified: "not yet", detail: "its show is not known", missing: ["its show is not known"] }
        : verify(deps, publication, showId, Number(vodId)),
    // No API call to remove a VOD is confirmed: a person removes it, and the removal is verified.
    removal: async ({ vodId, showId }) => {
      const { client, signal } = deps;
      const instruction =
        `Sign in at ${client.address}, open show ${showId ?? "(the one of this recording)"}, and delete its VOD ${vodId} ` +
        "there. Then run this again: it is verified that it is gone.";
      return { isGone: await isGone(() => client.vod(Number(vodId), signal)), instruction };
    },
  };
}

async function isGone(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (thrown) {
    if (thrown instanceof ArchivistError && thrown.code === "cablecast.not-found") return true;
    throw thrown;
  }
}
