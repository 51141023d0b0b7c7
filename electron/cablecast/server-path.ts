/** Names of files as a Cablecast server tells them: they come from outside, and from Windows. Pure. */
import { ArchivistError } from "../contract/errors.ts";

/** The last part of a name, whichever way its folders are written. */
export const serverBaseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/**
 * The folders and the name of a file below the content drive.
 * @throws ArchivistError `publish.no-place` for a name that leads anywhere else
 */
export function splitServerPath(path: string): readonly string[] {
  const deps = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  const isRooted = /^([\\/]|[A-Za-z]:)/.test(path);
  const isWild = deps.some((part) => part === ".." || /[:\0]/.test(part));
  if (deps.length === 0 || isRooted || isWild) {
    throw new ArchivistError("publish.no-place", {
      subject: path,
      cause: "the server's name of the video does not lie below its content drive",
      remedy: "Link the video to the show anew on the server, by a name below the content drive.",
    });
  }
  return deps;
}
