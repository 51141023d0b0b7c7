/** Escapes text for HTML, between tags and in quoted attributes. */
export const escapeHtml = (text: unknown): string =>
  String(text ?? "").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
