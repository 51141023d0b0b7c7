/** The key that identifies this window to the station, for its write lock and for the edits that have arrived. */

const storageName = "archivist-editor-window";

/**
 * Takes this window's key, or creates one. The key is removed from the session storage while the page is open and put
 * back when the page is left: a reloaded page finds its own write lock again, whereas a duplicated window, which gets a
 * copy of the storage, creates a new key.
 */
export function takeWindowKey(): string {
  const known = sessionStorage.getItem(storageName);
  sessionStorage.removeItem(storageName);
  const key = known ?? crypto.randomUUID();
  window.addEventListener("pagehide", () => sessionStorage.setItem(storageName, key), { once: true });
  return key;
}
