/** XML elements as the TTML reader walks them. Namespace prefixes differ from tool to tool, so names have none. */
import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { decodeEntities } from "../markup/entities.ts";
import { NotCaptionsError } from "../not-captions.ts";

/** Maximum depth of elements: deeper documents are made to exhaust a parser. */
export const maxDepth = 64;

/** A name without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** An attribute by its name without prefix. */
export function getAttribute(element: XmlElement, name: string): string | undefined {
  const own = element.attributes[name];
  if (own !== undefined) return own;
  for (const key in element.attributes) if (localName(key) === name) return element.attributes[key];
  return undefined;
}

/** The elements directly inside an element. */
export function listChildElements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => child instanceof XmlElement);
}

/** All descendant elements, up to the maximum depth. */
export function* listDescendants(element: XmlElement, depth = 0): Generator<XmlElement> {
  if (depth > maxDepth) return;
  for (const child of listChildElements(element)) {
    yield child;
    yield* listDescendants(child, depth + 1);
  }
}

/**
 * Parses XML. Faults that hand-made files have are corrected: an ampersand that is no reference, names of HTML,
 * characters that XML does not allow.
 * @throws NotCaptionsError when it is not well-formed
 */
export function parseDocument(text: string): XmlElement {
  const allowed = text
    .replace(/^\uFEFF/, "")
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those that XML 1.0 §2.2 does not allow.
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
    .trimStart();
  const repaired = allowed.includes("<![CDATA[")
    ? allowed
    : allowed.replace(/&(?!(?:#\d{1,8}|#x[\da-f]{1,8}|[a-z][\w.-]{0,40});)/gi, "&amp;");
  try {
    const { root } = parseXml(repaired, {
      resolveUndefinedEntity: (reference) => {
        const resolved = decodeEntities(reference);
        return resolved === reference ? null : resolved;
      },
    });
    if (root !== null) return root;
  } catch (thrown) {
    throw new NotCaptionsError(`this is not well-formed XML (${(thrown as Error).message.split("\n")[0]})`);
  }
  throw new NotCaptionsError("this is not well-formed XML (there is no element in it)");
}
