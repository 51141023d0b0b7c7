/** Publishing target that writes a finished package of each recording into a folder, for VOD systems without an API. */
import { rm, stat } from "node:fs/promises";
import { basename, join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import { compareCaptions } from "../captions/compare-captions.ts";
import type { Cue } from "../captions/cue.ts";
import { formatChapterTrack } from "../captions/formats/chapter-track.ts";
import { readCaptions } from "../captions/formats/read.ts";
import { formatWebVtt } from "../captions/formats/webvtt/write.ts";
import { withoutSpeakerNames } from "../captions/segmentation/speaker-labels.ts";
import type { Catalog } from "../catalog/open.ts";
import { findPublication } from "../catalog/repositories/publications.ts";
import { ArchivistError } from "../contract/errors.ts";
import {
  type Publication,
  PublishNotes,
  type PublishOutcome,
  type PublishStep,
  type PublishTarget,
  type PublishTargetKind,
  type StepRunner,
} from "../contract/publishing.ts";
import type { Settings } from "../contract/settings.ts";
import { sha256, writeFileAtomic } from "../platform/atomic-write.ts";
import { shortenedName } from "../platform/file-name.ts";
import { readPlainFile, readPlainText } from "../platform/plain-files.ts";
import { isLinkedOutside } from "../platform/real-path.ts";
import type { PackageDeps } from "./dependencies.ts";
import { findPackageFolder, makeFolder, markName, packageFolder, packageId, packagesRoot } from "./package-folder.ts";
import { formatMetadata, metadataName, type PackageFile, readMetadata } from "./package-metadata.ts";
import { formatPage } from "./page.ts";
import { placeVideo } from "./place-video.ts";

export const vodPackageSteps: readonly PublishStep[] = [
  { name: "folder", title: "finding the folder" },
  { name: "video", title: "placing the video" },
  { name: "captions", title: "writing the captions" },
  { name: "chapters", title: "making chapters" },
  { name: "thumbnail", title: "looking at the thumbnail" },
  { name: "page", title: "writing the page" },
  { name: "metadata", title: "writing the metadata" },
  { name: "read back", title: "reading the captions back" },
];

interface VodPackageDeps extends Omit<PackageDeps, "settings" | "getFolder" | "knownPackage"> {
  readonly settings: Settings;
  readonly catalog: Catalog;
  /** Fills a pattern such as `{city}/{date} {title}` with a publication's values. */
  readonly fillFolderPattern: (pattern: string, publication: Publication) => string;
}

export const vodPackageTargetKind: PublishTargetKind<VodPackageDeps> = {
  name: "generic",
  steps: vodPackageSteps,
  findSettingsFault: ({ generic }) => (generic.folder === null ? "generic.folder is not set" : undefined),
  open: ({ settings: { generic: settings }, catalog, fillFolderPattern, ...deps }) =>
    createVodPackageTarget({
      ...deps,
      settings,
      getFolder: (publication) => fillFolderPattern(settings.pattern, publication),
      knownPackage: (recordingId) => findPublication(catalog, recordingId, vodPackageTargetKind.name, "")?.vodId,
    }),
};

export function createVodPackageTarget(deps: PackageDeps): PublishTarget {
  return {
    name: vodPackageTargetKind.name,
    server: "",
    preview: async (publication) => {
      const { folder, isOurs } = await findPackageFolder(deps, publication);
      const detail = isOurs ? `${folder} is laid again` : `a package would be laid in ${folder}`;
      return { steps: [{ step: "folder", changes: !isOurs, detail }], show: null, fields: [], qualities: [] };
    },
    publish: (publication, step) => layPackage(deps, publication, step),
    verify: async (publication, { vodId }) =>
      readBack(packageFolder(packagesRoot(deps), vodId), publication, getFileNames(publication)),
    removal: async ({ vodId }) => {
      const folder = packageFolder(packagesRoot(deps), vodId);
      const pathExists = await stat(folder).then(
        () => true,
        () => false,
      );
      const instruction = `Remove it from the VOD system and delete the folder ${folder}. Then run this again.`;
      return { isGone: !pathExists, instruction };
    },
  };
}

/** Whoever can write to the folder of all packages can lay a link there. @throws ArchivistError `folder.not-writable` */
async function requireInside(root: string, folder: string): Promise<void> {
  if (!(await isLinkedOutside(root, folder))) return;
  throw new ArchivistError("folder.not-writable", {
    subject: folder,
    cause: `a link on its way leads out of ${root}`,
    remedy: "Remove the link, or set another folder in generic.pattern.",
  });
}

/** Names of the files of a package. */
function getFileNames({ path }: Publication) {
  const { name, ext } = parse(basename(path));
  const own = (ending: string): string => shortenedName(name, ending);
  return {
    video: basename(path),
    scc: own(".scc"),
    vtt: own(ext === ".vtt" ? ".captions.vtt" : ".vtt"),
    chapters: own(".chapters.vtt"),
    thumbnail: own(".jpg"),
    page: "index.html",
  };
}

async function layPackage(deps: PackageDeps, publication: Publication, step: StepRunner): Promise<PublishOutcome> {
  const notes = new PublishNotes(publication, step);
  const root = packagesRoot(deps);
  const names = getFileNames(publication);
  const { withCaptions, chapters, seconds, cues } = publication;
  const { folder } = await notes.run("folder", async () => {
    const found = await findPackageFolder(deps, publication);
    await requireInside(root, found.folder);
    await makeFolder(found.folder);
    if (!found.isOurs) await writeFileAtomic(join(found.folder, markName(publication)), "");
    return { folder: found.folder, detail: found.folder };
  });
  const path = (name: string): string => join(folder, name);
  await notes.run("video", () => placeVideo(deps, publication.path, path(names.video)));
  await notes.run("captions", async () => {
    if (!withCaptions) return { detail: "no captions, as was asked" };
    const scc = await keep(path(names.scc), publication.scc);
    const vtt = await keep(path(names.vtt), formatWebVtt(cues, "en"));
    return { detail: scc || vtt ? `${names.scc} and ${names.vtt} were written` : "they are there already" };
  });
  await notes.run("chapters", async () => {
    const changed = await keep(path(names.chapters), formatChapterTrack(chapters, seconds));
    return { detail: `${chapters.length} chapters${changed ? "" : ", there already"}` };
  });
  const { thumbnail } = await notes.run("thumbnail", () => ensureThumbnail(deps, publication, path(names.thumbnail)));
  await notes.run("page", async () => {
    const page = formatPage(publication, {
      video: names.video,
      captions: withCaptions ? names.vtt : undefined,
      thumbnail: thumbnail ? names.thumbnail : undefined,
    });
    return { detail: (await keep(path(names.page), page)) ? `${names.page} was written` : "it is there already" };
  });
  await notes.run("metadata", async () => {
    const files = await listPackageFiles(folder, names);
    const before = await readMetadata(folder);
    const text = formatMetadata(publication, files, before, deps.clock.now().toISOString());
    const changed = await keep(path(metadataName), text);
    await rm(path(markName(publication)), { force: true });
    return { detail: `${changed ? "written" : "as they should be"}; access: ${publication.access}` };
  });
  const read = await notes.run("read back", () => readBack(folder, publication, names));
  const { details, missing } = notes;
  const vodId = packageId(root, folder);
  return {
    showId: null,
    vodId,
    url: toUrl(deps, root, folder),
    captionsVerified: read.verified,
    missing,
    details,
  };
}

/** Writes a file unless it already has this content. @returns Whether it was written */
async function keep(path: string, content: string): Promise<boolean> {
  const present = await readPlainFile(path).catch(() => undefined);
  if (present !== undefined && sha256(present) === sha256(content)) return false;
  await writeFileAtomic(path, content);
  return true;
}

async function ensureThumbnail(deps: PackageDeps, publication: Publication, target: string) {
  const there = await stat(target).catch(() => undefined);
  if (there !== undefined && there.size > 0) return { thumbnail: true, detail: "it is there already" };
  const thumbnail = await deps.makeThumbnail(publication, target, deps.signal);
  return { thumbnail, detail: thumbnail ? `${basename(target)} was made` : "the recording has no picture" };
}

async function listPackageFiles(
  folder: string,
  names: ReturnType<typeof getFileNames>,
): Promise<readonly PackageFile[]> {
  const files: PackageFile[] = [];
  for (const [kind, name] of Object.entries(names)) {
    const size = (await stat(join(folder, name)).catch(() => undefined))?.size;
    if (size !== undefined) files.push({ kind: kind as PackageFile["kind"], name, bytes: size });
  }
  return files;
}

async function readBack(folder: string, publication: Publication, names: ReturnType<typeof getFileNames>) {
  const missing: string[] = [];
  const video = await stat(join(folder, names.video)).catch(() => undefined);
  const own = await stat(publication.path).catch(() => undefined);
  if (video === undefined || video.size !== own?.size) missing.push("the video in the package is not the recording");
  if ((await readMetadata(folder)) === undefined) missing.push("the metadata cannot be read");
  if (!publication.withCaptions) missing.push("published without captions, as was asked");
  else {
    for (const name of [names.scc, names.vtt]) {
      const difference = await findDifference(join(folder, name), publication);
      if (difference !== undefined) missing.push(`${name}: ${difference}`);
    }
  }
  const verified = missing.length === 0 ? ("yes" as const) : ("no" as const);
  return {
    verified,
    missing,
    detail: missing.length === 0 ? "every file reads back as it should" : missing.join("; "),
  };
}

/** Compares a file with the captions. SCC may have names of speakers in its text. */
async function findDifference(path: string, { cues }: Publication): Promise<string | undefined> {
  const speakers = new Set(cues.flatMap(({ speaker }) => speaker ?? []));
  const spoken = (list: readonly Cue[]): readonly Cue[] => withoutSpeakerNames(list, speakers);
  try {
    const read = readCaptions(await readPlainText(path), { startMs: 0 });
    return compareCaptions(spoken(cues), spoken(read.cues)).difference;
  } catch (thrown) {
    return `it cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`;
  }
}

function toUrl({ settings }: PackageDeps, root: string, folder: string): string {
  if (settings.url === null) return pathToFileURL(join(folder, "index.html")).href;
  const parts = packageId(root, folder).slice("package:".length).split("/");
  return `${settings.url.replace(/\/+$/, "")}/${parts.map(encodeURIComponent).join("/")}/index.html`;
}
