import type { CaptionFormat } from "../caption-format.ts";
import { readTtml } from "./read.ts";
import { formatTtml } from "./write.ts";

/** XML whose first element is tt, as far as the start of the file shows it. */
function looksLikeTtml(start: string): boolean {
  if (!/^<(?:\?xml|!--|!DOCTYPE\s|tt[\s>]|\w{1,20}:tt[\s>])/.test(start)) return false;
  const root = /<([A-Za-z][\w:.-]*)/.exec(start.replace(/<!--[\s\S]*?(?:-->|$)/g, ""))?.[1];
  return root === undefined || /^(?:\w+:)?tt$/.test(root);
}

export const ttml: CaptionFormat = {
  recognizes: looksLikeTtml,
  read: readTtml,
  write: ({ cues, language }) => formatTtml(cues, language),
};
