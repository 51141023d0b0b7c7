/** Signs in the person who starts a new station for the first time with a ticket, so that they can set it up. */
import type { DesktopContext } from "./context.ts";

export function setupFirstSignIn({ window, supervisor, authToken }: DesktopContext): void {
  const signIn = (): void => {
    const { state } = supervisor;
    if (state.kind !== "ready" || state.station.ticket === null || authToken.token !== undefined) return;
    window.load(`/sign-in/${state.station.ticket}`);
  };
  supervisor.events.on("stateChanged", signIn);
  window.events.on("opened", signIn);
}
