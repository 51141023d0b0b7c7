/** MCC, the caption format of MacCaption: electron/captions/formats/README.md, "MCC". */
import type { CaptionFormat } from "../caption-format.ts";
import { looksLikeMcc } from "./file.ts";
import { readMcc } from "./read.ts";
import { formatMcc } from "./write.ts";

export const mcc: CaptionFormat = {
  recognizes: (start) => looksLikeMcc(start),
  read: readMcc,
  write: formatMcc,
};
