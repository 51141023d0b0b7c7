/**
 * The models that whisper.cpp publishes in ggml format, with their published checksums: README.md of
 * huggingface.co/ggerganov/whisper.cpp (SHA-1), of which models/README.md in its sources is a part, and for the Silero
 * networks the SHA-256 of huggingface.co/ggml-org/whisper-vad.
 *
 * Of Parakeet (huggingface.co/ggml-org/parakeet-GGUF) those files whose SHA-256 at least two projects that have nothing
 * to do with one another pin alike: q8_0 in joswha/voiceour (in its documentation) and joslack/luxit
 * (scripts/install.sh), q4_k in vpavlin/shrooms (scripts/install-agent.sh) and agentshouse/kit (src/transcription.ts), all
 * on GitHub. Version 2 has no such file: `models import` takes it.
 */
import {
  detectionMemoryBytes,
  type ModelFamily,
  type ModelKind,
  parakeetWorkingMiB,
  workingMiB,
} from "./model-file.ts";
import { spokenLanguages } from "./model-languages.ts";

export interface OfficialModel {
  readonly name: string;
  readonly kind: ModelKind;
  readonly family: ModelFamily;
  /** Under what it is published, and whose work it is. */
  readonly license: string;
  /** Size of the file in MiB, rounded. */
  readonly sizeMiB: number;
  /** False: it knows English only. */
  readonly multilingual: boolean;
  readonly languages: string;
  readonly checksum: { readonly algorithm: "sha1" | "sha256"; readonly hex: string };
}

const speechRows: readonly (readonly [name: string, sizeMiB: number, sha1: string])[] = [
  ["tiny", 75, "bd577a113a864445d4c299885e0cb97d4ba92b5f"],
  ["tiny-q5_1", 31, "2827a03e495b1ed3048ef28a6a4620537db4ee51"],
  ["tiny-q8_0", 42, "19e8118f6652a650569f5a949d962154e01571d9"],
  ["tiny.en", 75, "c78c86eb1a8faa21b369bcd33207cc90d64ae9df"],
  ["tiny.en-q5_1", 31, "3fb92ec865cbbc769f08137f22470d6b66e071b6"],
  ["tiny.en-q8_0", 42, "802d6668e7d411123e672abe4cb6c18f12306abb"],
  ["base", 142, "465707469ff3a37a2b9b8d8f89f2f99de7299dac"],
  ["base-q5_1", 57, "a3733eda680ef76256db5fc5dd9de8629e62c5e7"],
  ["base-q8_0", 78, "7bb89bb49ed6955013b166f1b6a6c04584a20fbe"],
  ["base.en", 142, "137c40403d78fd54d454da0f9bd998f78703390c"],
  ["base.en-q5_1", 57, "d26d7ce5a1b6e57bea5d0431b9c20ae49423c94a"],
  ["base.en-q8_0", 78, "bb1574182e9b924452bf0cd1510ac034d323e948"],
  ["small", 466, "55356645c2b361a969dfd0ef2c5a50d530afd8d5"],
  ["small-q5_1", 181, "6fe57ddcfdd1c6b07cdcc73aaf620810ce5fc771"],
  ["small-q8_0", 252, "bcad8a2083f4e53d648d586b7dbc0cd673d8afad"],
  ["small.en", 466, "db8a495a91d927739e50b3fc1cc4c6b8f6c2d022"],
  ["small.en-q5_1", 181, "20f54878d608f94e4a8ee3ae56016571d47cba34"],
  ["small.en-q8_0", 252, "9d75ff4ccfa0a8217870d7405cf8cef0a5579852"],
  ["medium", 1533, "fd9727b6e1217c2f614f9b698455c4ffd82463b4"],
  ["medium-q5_0", 514, "7718d4c1ec62ca96998f058114db98236937490e"],
  ["medium-q8_0", 785, "e66645948aff4bebbec71b3485c576f3d63af5d6"],
  ["medium.en", 1533, "8c30f0e44ce9560643ebd10bbe50cd20eafd3723"],
  ["medium.en-q5_0", 514, "bb3b5281bddd61605d6fc76bc5b92d8f20284c3b"],
  ["medium.en-q8_0", 785, "b1cf48c12c807e14881f634fb7b6c6ca867f6b38"],
  ["large-v1", 2952, "b1caaf735c4cc1429223d5a74f0f4d0b9b59a299"],
  ["large-v2", 2952, "0f4c8e34f21cf1a914c59d8b3ce882345ad349d6"],
  ["large-v2-q5_0", 1080, "00e39f2196344e901b3a2bd5814807a769bd1630"],
  ["large-v2-q8_0", 1579, "da97d6ca8f8ffbeeb5fd147f79010eeea194ba38"],
  ["large-v3", 2952, "ad82bf6a9043ceed055076d0fd39f5f186ff8062"],
  ["large-v3-q5_0", 1080, "e6e2ed78495d403bef4b7cff42ef4aaadcfea8de"],
  ["large-v3-turbo", 1549, "4af2b29d7ec73d781377bfd1758ca957a807e941"],
  ["large-v3-turbo-q5_0", 547, "e050f7970618a659205450ad97eb95a18d69c9ee"],
  ["large-v3-turbo-q8_0", 834, "01bf15bedffe9f39d65c1b6ff9b687ea91f59e0e"],
];

const detectionRows: readonly (readonly [name: string, sha256: string])[] = [
  ["silero-v5.1.2", "29940d98d42b91fbd05ce489f3ecf7c72f0a42f027e4875919a28fb4c04ea2cf"],
  ["silero-v6.2.0", "2aa269b785eeb53a82983a20501ddf7c1d9c48e33ab63a41391ac6c9f7fb6987"],
];

const parakeetRows: readonly (readonly [name: string, sizeMiB: number, sha256: string])[] = [
  ["parakeet-tdt-0.6b-v3-q4_k", 396, "8b205b8b39c6535e153de6fb11c51db46125d45c4f16ba496fe41a0fe71b885e"],
  ["parakeet-tdt-0.6b-v3-q8_0", 638, "4d64e9e96c2792186d072fde0034df0ad670cf680a2f53069052ead827fd600e"],
];

const licenses: Readonly<Record<ModelFamily, string>> = {
  whisper: "MIT (OpenAI)",
  // The license asks for the name, the license and what was changed.
  parakeet:
    "CC-BY-4.0 (NVIDIA, https://creativecommons.org/licenses/by/4.0/; converted and quantized by the ggml project)",
  silero: "MIT (Silero)",
};

/** All of them: the speech models from small to large, then Parakeet, then the voice-detection networks. */
export const officialModels: readonly OfficialModel[] = [
  ...speechRows.map(
    ([name, sizeMiB, hex]): OfficialModel => ({
      name,
      kind: "speech",
      family: "whisper",
      license: licenses.whisper,
      sizeMiB,
      multilingual: !name.includes(".en"),
      languages: spokenLanguages({ kind: "speech", family: "whisper", multilingual: !name.includes(".en") }),
      checksum: { algorithm: "sha1", hex },
    }),
  ),
  ...parakeetRows.map(
    ([name, sizeMiB, hex]): OfficialModel => ({
      name,
      kind: "speech",
      family: "parakeet",
      license: licenses.parakeet,
      sizeMiB,
      multilingual: true,
      languages: spokenLanguages({ kind: "speech", family: "parakeet", multilingual: true }),
      checksum: { algorithm: "sha256", hex },
    }),
  ),
  ...detectionRows.map(
    ([name, hex]): OfficialModel => ({
      name,
      kind: "voice-detection",
      family: "silero",
      license: licenses.silero,
      sizeMiB: 1,
      multilingual: true,
      languages: spokenLanguages({ kind: "voice-detection", family: "silero", multilingual: true }),
      checksum: { algorithm: "sha256", hex },
    }),
  ),
];

/** Network widths of Whisper's families. */
const widths: readonly (readonly [family: string, width: number])[] = [
  ["tiny", 384],
  ["base", 512],
  ["small", 768],
  ["medium", 1024],
  ["large", 1280],
];

/** Size of a published model's file, in bytes; rounded as it was published. */
export const publishedBytes = ({ sizeMiB }: Pick<OfficialModel, "sizeMiB">): number => sizeMiB * 1024 ** 2;

/** Memory that a published model will need, in bytes, estimated before it is downloaded. */
export function expectedMemoryBytes({ name, family, sizeMiB }: OfficialModel): number {
  if (family === "silero") return detectionMemoryBytes(sizeMiB * 1024 ** 2);
  if (family === "parakeet") return (sizeMiB + parakeetWorkingMiB) * 1024 ** 2;
  const width = widths.find(([family]) => name.startsWith(family))?.[1] ?? 1280;
  return (sizeMiB + workingMiB(width)) * 1024 ** 2;
}

export function officialModel(name: string): OfficialModel | undefined {
  return officialModels.find((model) => model.name === name);
}

/** The file name under which whisper.cpp publishes a model. */
export function modelFileName(name: string): string {
  return `ggml-${name}.bin`;
}

/** The addresses that whisper.cpp's own scripts download from, and upload to (scripts/upload-parakeet.py). */
const folders: Readonly<Record<ModelFamily, string>> = {
  whisper: "https://huggingface.co/ggerganov/whisper.cpp/resolve/main",
  parakeet: "https://huggingface.co/ggml-org/parakeet-GGUF/resolve/main",
  silero: "https://huggingface.co/ggml-org/whisper-vad/resolve/main",
};

/**
 * The download address of a model.
 * @param mirror web address of a folder that has all of them; null: whisper.cpp's own
 */
export function modelAddress({ name, family }: OfficialModel, mirror: string | null): string {
  return `${(mirror ?? folders[family]).replace(/\/+$/, "")}/${modelFileName(name)}`;
}
