/** Parses file paths from a Cablecast server, which are untrusted and may be Windows paths. Pure. */
import { ArchivistError } from "../contract/errors.ts";

/** The last part of a path, with either kind of slash. */
export const serverBaseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/**
 * Splits a path below the content drive into its folders and file name.
 * @throws ArchivistError `publish.no-place` for a path that leads anywhere else
 */
export function splitServerPath(path: string): readonly string[] {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  const isRooted = /^([\\/]|[A-Za-z]:)/.test(path);
  const isWild = parts.some((part) => part === ".." || /[:\0]/.test(part));
  if (parts.length === 0 || isRooted || isWild) {
    throw new ArchivistError("publish.no-place", {
      subject: path,
      cause: "the server's name of the video does not lie below its content drive",
      remedy: "Link the video to the show anew on the server, by a name below the content drive.",
    });
  }
  return parts;
}
