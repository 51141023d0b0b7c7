/**
 * The Content Security Policy of the pages, sent as a header by every server of them
 * (electron/shell/README.md, "Content policy").
 */

/** @param media source that recordings come from, as written in the policy */
export const pagePolicy = (media: string): string =>
  [
    "default-src 'none'",
    // The spell checker is WebAssembly, in a worker of ours.
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    // Mantine sets sizes and colors as inline styles.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `media-src ${media}`,
    "connect-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
