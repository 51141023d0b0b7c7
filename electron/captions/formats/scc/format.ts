import { encodeScc } from "../../scc/encode.ts";
import { looksLikeScc } from "../../scc/file.ts";
import type { CaptionFormat } from "../caption-format.ts";
import { readScc } from "../scc-read.ts";

export const scc: CaptionFormat = {
  recognizes: (_, text) => looksLikeScc(text),
  read: (text, options) => ({ words: [], ...readScc(text, options) }),
  write: ({ cues }, profile, { line21 }) => encodeScc(cues, { profile, ...line21 }).text,
};
