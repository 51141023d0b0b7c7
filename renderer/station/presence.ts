/** Whether somebody is at the screen. A browser that nobody has used for an hour is signed out; what is open stays open. */
import { useEffect } from "react";
import { browserSignIn } from "../../electron/contract/api/session.ts";
import { desktop } from "./desktop.ts";
import { signOut, stay } from "./http.ts";
import { isUploading } from "./uploads.ts";

/** How often the station is told that somebody is there, and it is looked whether that is so. */
const checkMs = 60_000;
const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

const isPlaying = (): boolean =>
  [...document.querySelectorAll("video, audio")].some((each) => !(each as HTMLMediaElement).paused);

/** All windows of a browser share one sign-in: whoever works in one of them is there. */
const sharedKey = "archivist.last-seen";

function shareLastSeen(own: number): number {
  const other = Number(localStorage.getItem(sharedKey) ?? 0);
  if (own > other) localStorage.setItem(sharedKey, String(own));
  return Math.max(own, other);
}

/**
 * Watches for somebody at the screen.
 * @param isSignedIn false: nobody has to be there
 * @param onIdle called when the person was signed out because nobody was there
 */
export function usePresence(isSignedIn: boolean, onIdle: () => void): void {
  useEffect(() => {
    // The desktop program is behind the sign-in of its machine.
    if (!isSignedIn || desktop !== undefined) return undefined;
    let lastSeen = Date.now();
    let lastSaid = Date.now();
    const see = (): void => {
      lastSeen = Date.now();
    };
    const check = async (): Promise<void> => {
      if (isPlaying() || isUploading()) see();
      lastSeen = shareLastSeen(lastSeen);
      if (Date.now() - lastSeen >= browserSignIn.idleMs) {
        await signOut().catch(() => undefined);
        onIdle();
      } else if (lastSeen > lastSaid) {
        lastSaid = Date.now();
        await stay().catch(() => undefined);
      }
    };
    const timer = setInterval(() => void check(), checkMs);
    for (const sign of signs) window.addEventListener(sign, see, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, see, { capture: true });
    };
  }, [isSignedIn, onIdle]);
}
