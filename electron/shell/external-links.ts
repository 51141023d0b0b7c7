/**
 * Opens links outside of the program: only known origins, and only schemes that start no program
 * (README.md, "Pages and links").
 */
import { shell } from "electron";
import { pagesOrigin } from "../contract/desktop.ts";

export type OpenOutside = (url: string) => Promise<boolean>;

export const isOwnPage = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}` === pagesOrigin;
};

/**
 * Whether a link may be opened in the browser.
 * @param origins of the configured Cablecast server and the station's public site: `https://cablecast.example`. Plain
 *   HTTP is opened for exactly those, because stations run Cablecast over HTTP in their own network.
 */
export function isAllowedLink(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin, username, password } = new URL(url);
  // A user name before the host makes one site look like another.
  if (username !== "" || password !== "") return false;
  return (protocol === "https:" || protocol === "http:") && origins.includes(origin);
}

/**
 * @param origins read at each link, because settings change
 * @returns a function that resolves to whether the link was opened
 */
export function openExternalLink(origins: () => readonly string[]): OpenOutside {
  return async (url) => {
    if (!isAllowedLink(url, origins())) return false;
    await shell.openExternal(url);
    return true;
  };
}
