import type { CaptionFormat } from "../caption-format.ts";
import { ttml } from "../ttml/format.ts";
import { formatItt } from "./write.ts";

/** Recognized and read as TTML, which it is. */
export const itt: CaptionFormat = {
  ...ttml,
  recognizes: () => false,
  write: (content, _profile, options) => formatItt(content, options),
};
