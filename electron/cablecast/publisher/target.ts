/** Cablecast as a place to publish in. */
import { ArchivistError } from "../../contract/errors.ts";
import type { PublishTarget } from "../../contract/publish-target.ts";
import type { PublisherDeps } from "./dependencies.ts";
import { previewPublication } from "./preview.ts";
import { cablecastSteps, publishOnCablecast, verify } from "./publish.ts";

export function cablecastTarget(deps: PublisherDeps): PublishTarget {
  return {
    name: "cablecast",
    server: deps.client.address,
    steps: cablecastSteps,
    preview: (publication) => previewPublication(deps, publication),
    publish: (publication, step) => publishOnCablecast(deps, publication, step),
    verify: async (publication, { vodId, showId }) =>
      showId === undefined
        ? { verified: "not yet", detail: "its show is not known", missing: ["its show is not known"] }
        : verify(deps, publication, showId, Number(vodId)),
    // How to remove a VOD through the interface is not confirmed: a person does it, and it is verified.
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
