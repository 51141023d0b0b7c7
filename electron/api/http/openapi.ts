/** The OpenAPI 3.1 document of the contract, and an HTML page to read it. */
import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { contract } from "../../contract/api/contract.ts";
import { escapeHtml } from "../../platform/html.ts";

type ApiDocument = Awaited<ReturnType<OpenAPIGenerator["generate"]>>;

export function makeApiDocument(version: string): Promise<ApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(contract, {
    info: {
      title: "Archivist",
      version,
      description:
        "The station's own interface. Sign in with POST /api/session and send the token as `Authorization: Bearer …`.",
    },
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    security: [{ token: [] }],
  });
}

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1.5rem}
h2{margin:2rem 0 .5rem;font-size:1.1rem;text-transform:capitalize}details{border-top:1px solid #8884;padding:.4rem 0}
summary{cursor:pointer;font-family:ui-monospace,monospace}b{display:inline-block;min-width:4.5rem}
pre{overflow:auto;background:#8881;padding:.75rem;border-radius:6px;font-size:13px}`;

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly parameters?: unknown;
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, unknown>>;
}

/** Formats the API reference as one self-contained page. Pure. */
export function formatReference({ info, paths = {} }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({ path, method, ...(operation as Operation) })),
  );
  const groups = Map.groupBy(operations, ({ tags }) => tags?.[0] ?? "other");
  const shown = (title: string, value: unknown): string =>
    value === undefined ? "" : `<p>${title}</p><pre>${escapeHtml(JSON.stringify(value, undefined, 2))}</pre>`;
  const sections = [...groups].map(([group, own]) => {
    const items = own.map(
      ({ method, path, summary, parameters, requestBody, responses }) =>
        `<details><summary><b>${escapeHtml(method.toUpperCase())}</b>${escapeHtml(path)}</summary>` +
        `${summary === undefined ? "" : `<p>${escapeHtml(summary)}</p>`}${shown("Parameters", parameters)}` +
        `${shown("Request", requestBody)}${shown("Answer", responses?.["200"])}</details>`,
    );
    return `<h2>${escapeHtml(group)}</h2>${items.join("")}`;
  });
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${escapeHtml(info.title)} ${escapeHtml(info.version)}</title><style>${style}</style></head><body>` +
    `<h1>${escapeHtml(info.title)} ${escapeHtml(info.version)}</h1><p>${escapeHtml(info.description)} ` +
    `The document itself: <a href="/api/openapi.json">openapi.json</a></p>${sections.join("")}</body></html>`
  );
}
