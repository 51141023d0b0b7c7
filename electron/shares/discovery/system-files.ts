/**
 * Files and folders on shares that are never recordings of a meeting, whatever the settings say: recycle bins, snapshots
 * and internal folders of file servers and operating systems, and files that a program is still writing. What was deleted
 * must not come back as a new meeting, and a snapshot holds every recording once more. Pure.
 */
import { toComposed } from "../../platform/names.ts";

/** Names of folders, without regard to case; `*` stands for any characters and `?` for one. */
export const systemFolders: readonly string[] = [
  // Synology; most servers that imitate it use the same names.
  ...["@eaDir", "#recycle", "#snapshot", "@tmp", "@sharesnap", "@sharebin", "@database", "@appstore", "@apphome"],
  ...["@appdata", "@apptemp", "@appconf", "@download", "@docker", "@autoupdate", "@quarantine", "@img_bkp_cache"],
  ...["@syno*", "@S2S", "@cloudsync", "@ActiveBackup*", "@surveillance", "@optware", "@upgrade", "@deleted_subvol"],
  // QNAP
  ...["@Recycle", "@Recently-Snapshot", "@Recently_Snapshot", "@__thumb", ".@__*", ".@qsys*", ".@upload_cache"],
  ...[".@backup_*", "@Transcode", ".streams"],
  // Windows, and the shadow copies that Samba shows
  ...["$RECYCLE.BIN", "RECYCLER", "RECYCLED", "System Volume Information", "FOUND.0??", "$Extend", "$WinREAgent"],
  ...["$SysReset", "$Windows.~*", "Config.Msi", "DfsrPrivate", "@GMT-*"],
  // macOS
  ...[".Trashes", ".Trash", ".Spotlight-V100", ".fseventsd", "Network Trash Folder", "Temporary Items"],
  ...[".TemporaryItems", ".AppleDouble", ".AppleDB", ".AppleDesktop", ".DocumentRevisions-V100", ".MobileBackups"],
  ...["TheVolumeSettingsFolder", "TheFindByContentFolder", ".HFS+ Private Directory Data*", "Backups.backupdb"],
  ...[".com.apple.*", "*.download", "*.sb-????????-??????"],
  // NetApp, EMC, Isilon
  ...[".snapshot", "~snapshot", "~snapsht", ".ckpt", ".ckpt_*", ".ifsvar"],
  // TrueNAS, Linux, and Samba's recycle module
  ...[".zfs", ".recycle", ".recycler", ".recycle.bin", "Recycle Bin", "Network Recycle Bin*", "trashbox"],
  ...["lost+found", ".Trash-*", ".snapshots", ".snap", ".btrfs", ".deleted", ".glusterfs"],
  // Programs that copy and synchronize
  ...[".rsync-partial", ".~tmp~", ".stversions", ".stfolder", ".dropbox.cache", ".sync"],
];

/** Names of files that are not recordings or not whole yet. */
const systemFiles: readonly string[] = [
  // The second half of a file that a Mac has copied to another file system has the ending of the first.
  ...["._*", ".DS_Store", ".apdisk", "Thumbs.db", "desktop.ini", ".nfs*", ".fuse_hidden*", ".smbdelete*"],
  // Lock files of office programs, and files on their way
  ...["~$*", ".~lock.*", "*.part", "*.partial", "*.filepart", "*.crdownload", "*.opdownload", "*.download", "*.tmp"],
  ...[
    "*.temp",
    "*.!ut",
    "*.!qb",
    "*.aria2",
    "*.bc!",
    "*.uploading",
    "*.incomplete",
    "*.unfinished",
    "*.archivist-part",
  ],
  ...["~syncthing~*", ".syncthing.*", "*.sb-????????-??????", ".goutputstream-*"],
];

function compile(patterns: readonly string[]): RegExp {
  const alternatives = patterns.map((pattern) =>
    pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", "."),
  );
  return new RegExp(`^(?:${alternatives.join("|")})$`, "isu");
}

const folderPattern = compile(systemFolders);
const filePattern = compile(systemFiles);

/** True for the name of a folder that is not entered. */
export const isSystemFolder = (name: string): boolean => folderPattern.test(toComposed(name));

/** True for the name of a file that is left alone in any folder. */
export const isSystemFile = (name: string): boolean => filePattern.test(toComposed(name));

/** True for a file that is left alone, or lies in a folder that is. @param path below the share, with slashes */
export function isLeftAlone(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  return isSystemFile(name) || folders.some(isSystemFolder);
}
