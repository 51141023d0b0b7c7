/**
 * The thumbnail of a show. No call that sends a picture is confirmed, but a show has the thumbnails that the server made of
 * its video, one of which is the chosen one (../README.md, "The API"). Where the server offers none, a JPEG is made here.
 */
import { ArchivistError } from "../../contract/errors.ts";
import type { Publication } from "../../contract/publishing.ts";
import type { PublisherDeps } from "./dependencies.ts";

interface ThumbnailResult {
  readonly detail: string;
  readonly missing: readonly string[];
}

/**
 * Chooses a thumbnail where the server offers some and none is chosen; otherwise makes a JPEG and says where it lies. The
 * choice of a person on the server is left alone. A recording without a picture has none, which is no shortcoming.
 */
export async function ensureThumbnail(
  deps: PublisherDeps,
  publication: Publication,
  showId: number,
): Promise<ThumbnailResult> {
  const { client, signal } = deps;
  const { thumbnail, thumbnailOptions } = await client.show(showId, signal);
  if (thumbnail != null) return { detail: "one is chosen on the server", missing: [] };
  const [first] = thumbnailOptions ?? [];
  if (first !== undefined) {
    await client.updateShow(showId, (show) => ({ ...show, thumbnail: show.thumbnail ?? first }), signal);
    const after = await client.show(showId, signal);
    if (after.thumbnail != null) return { detail: `thumbnail ${after.thumbnail} was chosen`, missing: [] };
  }
  const why = first === undefined ? "the server offers no thumbnail" : "the server did not take the thumbnail";
  const jpeg = await makeJpeg(deps, publication);
  if (jpeg === "no picture") return { detail: "the recording has no picture", missing: [] };
  const remedy = "path" in jpeg ? `add this picture to show ${showId} there: ${jpeg.path}` : jpeg.cause;
  return { detail: `${why}: ${remedy}`, missing: [`${why}: ${remedy}`] };
}

/** A picture that cannot be made keeps nothing from being published. */
async function makeJpeg(
  { makeThumbnail, signal, logger }: PublisherDeps,
  publication: Publication,
): Promise<"no picture" | { readonly path: string } | { readonly cause: string }> {
  if (makeThumbnail === undefined) return { cause: "choose one there" };
  try {
    const path = await makeThumbnail(publication, signal);
    return path === undefined ? "no picture" : { path };
  } catch (thrown) {
    if (!(thrown instanceof ArchivistError) || thrown.code === "interrupted") throw thrown;
    logger.warn("no thumbnail could be made", { error: thrown });
    return { cause: `a picture could not be made either (${thrown.message})` };
  }
}
