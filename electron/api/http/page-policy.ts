/** What pages may load, whoever serves them; sent as a header (electron/shell/README.md, "Content policy"). */

/** @param media where recordings come from, as the policy names it */
export const pagePolicy = (media: string): string =>
  [
    "default-src 'none'",
    // The spell checker is WebAssembly, in a worker of our own.
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    // Mantine sets sizes and colours of single elements.
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
