/** Makes sure that a show plays the recording: links the file, and uploads it first where necessary. */
import { basename } from "node:path";
import { ArchivistError } from "../../contract/errors.ts";
import type { Publication } from "../../contract/publishing.ts";
import { serverBaseName } from "../server-path.ts";
import type { PublisherDeps } from "./dependencies.ts";
import { isSameLength, requireDate } from "./find-show.ts";
import { uploadFile } from "./upload-file.ts";

/** Name of the video that a show plays; undefined when none is linked. */
export async function attachedVideo({ client, signal }: PublisherDeps, showId: number): Promise<string | undefined> {
  const { reels } = await client.show(showId, signal);
  for (const id of reels ?? []) {
    const { userFileName } = await client.reel(id, signal);
    if (typeof userFileName === "string" && userFileName !== "") return userFileName;
  }
  return undefined;
}

/** Attaches the recording to a show. @returns The name of the video that the show plays */
export async function attachRecording(
  deps: PublisherDeps,
  publication: Publication,
  showId: number,
): Promise<{ readonly video: string; readonly detail: string }> {
  const { client, signal } = deps;
  const attached = await attachedVideo(deps, showId);
  if (attached !== undefined) return { video: attached, detail: `the show plays ${attached}` };
  const name = basename(publication.path);
  const asset = async () => {
    const found = (await client.unlinkedAssets(signal)).find(
      ({ path }) => path != null && serverBaseName(path) === name,
    );
    if (found === undefined || isSameLength(found.seconds, publication.seconds)) return found;
    // Several cities may have a file called meeting.mp4.
    throw new ArchivistError("publish.name-taken", {
      subject: name,
      cause: `the server has a file of this name that is ${found.seconds} s long, and the recording is ${publication.seconds} s`,
    });
  };
  let file = await asset();
  const wasThere = file !== undefined;
  if (file === undefined) {
    await uploadFile(deps, publication.path);
    file = await asset();
  }
  if (file?.path == null) {
    throw new ArchivistError("cablecast.busy", { cause: `the server has taken ${name}, and does not list it yet` });
  }
  const media = await ensureMedia(deps, publication, showId);
  const length = Math.ceil(file.seconds ?? publication.seconds);
  await client.createReel({ media, show: showId, length, userFileName: file.path }, signal);
  // The response is not documented, so the show is read again.
  const video = await attachedVideo(deps, showId);
  if (video === undefined) throw new ArchivistError("cablecast.busy", { cause: `the show does not play ${name} yet` });
  const how = wasThere ? "was on the server and is linked" : "was sent and linked";
  return { video, detail: `${video} ${how} (location ${publication.location})` };
}

async function ensureMedia(
  { client, signal }: PublisherDeps,
  publication: Publication,
  showId: number,
): Promise<number> {
  const mediaName = `Media for show ${showId}`;
  const [known] = await client.mediaNamed(mediaName, publication.location, signal);
  if (known !== undefined) return known.id;
  const formats = await client.formats(publication.location, signal);
  const format = formats.find(({ name }) => name === "Video Server") ?? formats[0];
  if (format === undefined)
    throw new ArchivistError("cablecast.refused", { cause: "this location has no format for media" });
  const creationDate = `${requireDate(publication)}T00:00:00.000Z`;
  return (
    await client.createMedia({ location: publication.location, format: format.id, mediaName, creationDate }, signal)
  ).id;
}
