/** Reports the station's state to pages: on every change, and when a page has been loaded. */
import type { StationNotice } from "../contract/desktop.ts";
import type { DesktopContext } from "./context.ts";
import type { StationState } from "./station-supervisor.ts";

export function setupStationNotices({ window, supervisor }: DesktopContext): void {
  const send = (): void => window.send("onStation", toStationNotice(supervisor.state));
  supervisor.events.on("stateChanged", send);
  window.events.on("loaded", send);
}

function toStationNotice(state: StationState): StationNotice {
  if (state.kind === "failed") return { kind: "failed", message: state.problem.message, remedy: state.problem.remedy };
  if (state.kind === "ready") return { kind: state.isSafe ? "safe" : "ready" };
  return { kind: state.kind === "away" ? "away" : "starting" };
}
