/** The ggml models that whisper.cpp publishes: its models/README.md and models/download-ggml-model.sh. */
export interface OfficialModel {
  readonly name: string;
  /** Approximate size of the file in MiB. */
  readonly sizeMiB: number;
  readonly languages: "English" | "99 languages";
  /** SHA-1 of the file as whisper.cpp publishes it, where it does. */
  readonly sha1?: string;
}

const rows: readonly (readonly [string, number, string?])[] = [
  ["tiny", 75, "bd577a113a864445d4c299885e0cb97d4ba92b5f"],
  ["tiny.en", 75, "c78c86eb1a8faa21b369bcd33207cc90d64ae9df"],
  ["base", 142, "465707469ff3a37a2b9b8d8f89f2f99de7299dac"],
  ["base.en", 142, "137c40403d78fd54d454da0f9bd998f78703390c"],
  ["small", 466, "55356645c2b361a969dfd0ef2c5a50d530afd8d5"],
  ["small.en", 466, "db8a495a91d927739e50b3fc1cc4c6b8f6c2d022"],
  ["medium", 1533, "fd9727b6e1217c2f614f9b698455c4ffd82463b4"],
  ["medium.en", 1533, "8c30f0e44ce9560643ebd10bbe50cd20eafd3723"],
  ["large-v1", 2952, "b1caaf735c4cc1429223d5a74f0f4d0b9b59a299"],
  ["large-v2", 2952, "0f4c8e34f21cf1a914c59d8b3ce882345ad349d6"],
  ["large-v2-q5_0", 1080, "00e39f2196344e901b3a2bd5814807a769bd1630"],
  ["large-v3", 2952, "ad82bf6a9043ceed055076d0fd39f5f186ff8062"],
  ["large-v3-q5_0", 1080, "e6e2ed78495d403bef4b7cff42ef4aaadcfea8de"],
  ["large-v3-turbo", 1549, "4af2b29d7ec73d781377bfd1758ca957a807e941"],
  ["large-v3-turbo-q5_0", 547, "e050f7970618a659205450ad97eb95a18d69c9ee"],
];

export const officialModels: readonly OfficialModel[] = rows.map(([name, sizeMiB, sha1]) => ({
  name,
  sizeMiB,
  languages: name.includes(".en") ? "English" : "99 languages",
  ...(sha1 === undefined ? {} : { sha1 }),
}));

/** The file name under which whisper.cpp publishes a model. */
export function modelFileName(name: string): string {
  return `ggml-${name}.bin`;
}

/** Where a model can be downloaded: the place that whisper.cpp's own script uses. */
export function modelAddress(name: string): string {
  return `https://huggingface.co/ggerganov/whisper.cpp/resolve/main/${modelFileName(name)}`;
}
