/** Addresses in the settings: what in them is a secret, and how it is kept out of sight. Pure. */
import { z } from "zod";

export interface AddressCredentials {
  readonly user: string;
  readonly secret: string;
}

/** Scheme, what stands before the last @ of the host's part, and the host with its port. */
const addressPattern = /^([a-z][a-z0-9+.-]*:)\/\/(?:([^/?#]*)@)?([^/?#@]*)/i;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone %: it stands for itself.
    return text;
  }
}

/**
 * Takes user and secret out of an address.
 * @returns the address as it was, with no credentials, where it has none or is no address
 */
export function splitCredentials(address: string): {
  readonly address: string;
  readonly credentials: AddressCredentials | undefined;
} {
  const found = addressPattern.exec(address);
  const userinfo = found?.[2];
  if (found === null || userinfo === undefined) return { address, credentials: undefined };
  const [whole, scheme = "", , host = ""] = found;
  const [user = "", ...secret] = userinfo.split(":");
  return {
    address: `${scheme}//${host}${address.slice(whole.length)}`,
    credentials: { user: decode(user), secret: decode(secret.join(":")) },
  };
}

/** A web address. Addresses appear in messages and logs, so that user and secret have no place in one. */
export const webAddress = z
  .url({ protocol: /^https?$/ })
  .refine((address) => splitCredentials(address).credentials === undefined);

/** The reverse of `splitCredentials`. */
export function joinCredentials(address: string, { user, secret }: AddressCredentials): string {
  return address.replace("//", `//${encodeURIComponent(user)}:${encodeURIComponent(secret)}@`);
}

const defaultPorts: Readonly<Record<string, string>> = {
  "http:": "80",
  "https:": "443",
  "smtp:": "25",
  "smtps:": "465",
};

/** Whom credentials are for: scheme, host and port. Another one must not be given them. */
export function getOrigin(address: string): string | undefined {
  const found = addressPattern.exec(address.toLowerCase());
  if (found === null || found[3] === "") return undefined;
  const [, scheme = "", , host = ""] = found;
  const port = `:${defaultPorts[scheme] ?? ""}`;
  return `${scheme}//${host.endsWith(port) ? host.slice(0, -port.length) : host}`;
}

/** Makes secrets in a text unreadable: user and password in addresses, and `password=…` in commands. */
export function maskSecrets(text: string): string {
  return text
    .replace(/\/\/[^/?#\s"']*@/g, "//…@")
    .replace(/(pass(?:word|wd|phrase)?\s*[=:]\s*|--?pass(?:word|wd)?\s+)[^,\s"']+/gi, "$1…");
}
