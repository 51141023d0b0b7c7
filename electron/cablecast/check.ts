/** Checks step by step whether Archivist can work with the Cablecast server, in the words of a station's engineer. */
import { type ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { CablecastClient } from "./client/client.ts";

export interface CheckStep {
  readonly name: string;
  readonly status: "ok" | "warning" | "error";
  readonly detail: string;
  readonly remedy?: string;
}

/** Runs all checks; nothing is changed on the server. @param user the user whose credentials are checked */
export async function checkCablecast(
  client: CablecastClient,
  location: number,
  user: string,
  signal?: AbortSignal,
): Promise<readonly CheckStep[]> {
  const steps: CheckStep[] = [];
  const reached = await step(steps, "Connection", async () => {
    const channels = await client.list("channels", "channels", signal);
    return `${client.address} answers; ${channels.length} channels`;
  });
  // A wrong address makes every other check fail for the same reason.
  if (!reached) return steps;
  await signedIn(steps, client, user, signal);
  await step(steps, "Version", async () => (await client.version(signal)) ?? "the server does not tell it");
  await step(steps, "Location", async () => {
    const locations = await client.locations(signal);
    const own = locations.find(({ id }) => id === location);
    if (own !== undefined) return `${location}: ${own.name ?? "no name"}`;
    const known = locations.map(({ id, name }) => `${id} (${name ?? "no name"})`).join(", ");
    throw new MissingError(`there is no location ${location}`, `Set cablecast.location to one of: ${known}.`);
  });
  await step(
    steps,
    "Reading shows",
    async () => `${(await client.searchShows("", location, signal)).length} of them found`,
  );
  await step(steps, "Formats", async () =>
    named(await client.formats(location, signal), "for a recording's media record"),
  );
  await step(steps, "VOD configurations", async () => {
    const own = (await client.vodConfigurations(signal)).filter((each) => each.location === location);
    if (own.length > 0) return `${own.length} for this location`;
    throw new MissingError(
      "this location has no VOD configuration",
      "Make one in Cablecast's settings: no VOD can be made without.",
    );
  });
  await step(steps, "File stores", async () =>
    named(await client.list("filestores", "fileStores", signal), "for uploads"),
  );
  await step(
    steps,
    "Assets",
    async () => `${(await client.unlinkedAssets(signal)).length} files that belong to no show yet`,
  );
  steps.push({
    name: "Writing",
    status: "warning",
    detail: "nothing was written: only the first publishing shows whether this user may change shows and VODs",
    remedy: "The user needs a role with the permission Schedule & Shows.",
  });
  return steps;
}

class MissingError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

async function step(steps: CheckStep[], name: string, work: () => Promise<string>): Promise<boolean> {
  try {
    steps.push({ name, status: "ok", detail: await work() });
    return true;
  } catch (thrown) {
    if (thrown instanceof MissingError) {
      steps.push({ name, status: "error", detail: thrown.message, remedy: thrown.remedy });
      return true;
    }
    const error: ArchivistError = toArchivistError(thrown);
    if (error.code === "interrupted") throw error;
    steps.push({ name, status: "error", detail: error.reason, remedy: error.remedy });
    return false;
  }
}

/** A public list proves nothing about credentials: tries calls that need them, until one responds. */
async function signedIn(
  steps: CheckStep[],
  client: CablecastClient,
  user: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await step(steps, "Credentials", async () => {
    try {
      const session = await client.userSession(signal);
      if (session.user !== undefined) {
        if (session.user.toLowerCase() === user.toLowerCase()) return `signed in as ${session.user}`;
        throw new MissingError(
          `the server takes us for ${session.user}, not for ${user}`,
          "Run `archivist cablecast login` with the right user.",
        );
      }
    } catch (thrown) {
      if (thrown instanceof MissingError || toArchivistError(thrown).code !== "cablecast.not-found") throw thrown;
    }
    await client.version(signal);
    return `${user} is accepted, as far as reading tells`;
  });
}

function named(
  list: readonly { readonly id: number; readonly name?: string | null | undefined }[],
  use: string,
): string {
  if (list.length === 0) throw new MissingError(`there are none ${use}`, "Make one in Cablecast's settings.");
  return list.map(({ id, name }) => `${name ?? "no name"} (${id})`).join(", ");
}
