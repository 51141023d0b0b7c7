/** Text as it may stand in HTML, between tags and in quoted attributes. */
export const escapeHtml = (text: unknown): string =>
  String(text ?? "").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
