/** EBU STL, the binary subtitle format of EBU Tech 3264. */
import type { BinaryCaptionFormat } from "../caption-format.ts";
import { looksLikeStl, readStl } from "./read.ts";
import { formatStl } from "./write.ts";

export const stl: BinaryCaptionFormat = {
  recognizesBytes: looksLikeStl,
  readBytes: readStl,
  writeBytes: formatStl,
};
