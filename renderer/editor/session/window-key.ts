/** The identity of this window, by which the station knows it again: whose write lock it is, and whose edits arrived. */

const storageName = "archivist-editor-window";

/**
 * Takes this window's key, or makes one. The key is taken out of the session storage while the page is open and put back
 * when the page goes: a reloaded page finds its own write lock again, whereas a duplicated window, which is given a copy
 * of the storage, gets a key of its own.
 */
export function takeWindowKey(): string {
  const known = sessionStorage.getItem(storageName);
  sessionStorage.removeItem(storageName);
  const key = known ?? crypto.randomUUID();
  window.addEventListener("pagehide", () => sessionStorage.setItem(storageName, key), { once: true });
  return key;
}
