/**
 * Where a person is, in the part of the address after `#`, with what belongs to the screen behind a `?` of its own:
 * `#/meeting/7?tab=publish`. wouter's own hash location puts that before the `#`, where it stays on every later screen.
 */
import { useSyncExternalStore } from "react";

interface NavigateOptions {
  readonly replace?: boolean;
  readonly state?: unknown;
}

/** The path and the search of a hash: `#/library?status=failed`. Pure. */
export function splitHash(hash: string): { readonly path: string; readonly search: string } {
  const [path = "", ...search] = hash.replace(/^#?\/?/, "").split("?");
  return { path: `/${path}`, search: search.join("?") };
}

function subscribe(onChange: () => void): () => void {
  // Not on `popstate`, which comes first: whether a form may be left is asked on `hashchange`.
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}

function navigate(to: string, { replace = false, state = null }: NavigateOptions = {}): void {
  const before = window.location.href;
  const url = new URL(before);
  const { path, search } = splitHash(to);
  url.hash = search === "" ? path : `${path}?${search}`;
  // What an older version has left there.
  url.search = "";
  window.history[replace ? "replaceState" : "pushState"](state, "", url.href);
  window.dispatchEvent(new HashChangeEvent("hashchange", { oldURL: before, newURL: url.href }));
}

const readPath = (): string => splitHash(window.location.hash).path;
const readSearch = (): string => splitHash(window.location.hash).search;

/** The location hook for wouter's router. */
export const useHashPath = (): [string, typeof navigate] => [useSyncExternalStore(subscribe, readPath), navigate];
useHashPath.hrefs = (href: string): string => `#${href}`;

/** The search hook for wouter's router. */
export const useHashSearch = (): string => useSyncExternalStore(subscribe, readSearch);
