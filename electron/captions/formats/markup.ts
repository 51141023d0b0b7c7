/** Takes markup off caption text; pycaption and Subtitle Edit have printed it as words (reference/captions.md §7). */

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
  "&quot;": '"',
  "&apos;": "'",
  "&lrm;": "",
  "&rlm;": "",
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:[a-z]+|#\d{1,7}|#x[0-9a-f]{1,6});/gi, (entity) => {
    const named = entities[entity.toLowerCase()];
    if (named !== undefined) return named;
    const number = /^&#(x?)([0-9a-f]+);$/i.exec(entity);
    const code = number ? Number.parseInt(number[2] ?? "", number[1] ? 16 : 10) : Number.NaN;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

/** Removes `<…>` tags of SRT and WebVTT and `{\…}` overrides of SubStation, and resolves character references. */
export function stripMarkup(text: string): string {
  const withoutTags = text
    .replace(/<\/?(?:[a-z][^<>]{0,500}|\d[\d:.]{0,20})>/gi, "")
    .replace(/\{\\[^{}]{0,200}\}/g, "");
  return decodeEntities(withoutTags)
    .replace(/[ \t]+/g, " ")
    .trim();
}

/** Escapes what WebVTT would take for markup. */
export function escapeWebVtt(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
