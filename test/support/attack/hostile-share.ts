/** A share that somebody has prepared: links that lead elsewhere, pipes in the place of files, and one that hangs. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleVideo } from "../paths.ts";
import { type AttackedStation, askMeanwhile, call, quantile } from "./attacked-station.ts";

export interface ShareTally {
  calls: number;
  readonly wrong: string[];
  p99: number;
  longest: number;
}

/** Lays traps on a share. @param secret content of a file that lies elsewhere */
export function layTraps(share: string, elsewhere: string, secret: string): void {
  writeFileSync(join(elsewhere, "secret.mp4"), secret);
  mkdirSync(join(share, "council"), { recursive: true });
  cpSync(sampleVideo, join(share, "council", "2026-03-02 Council.mp4"));
  symlinkSync(join(elsewhere, "secret.mp4"), join(share, "council", "2026-03-03 Linked.mp4"));
  symlinkSync(elsewhere, join(share, "linked folder"));
  symlinkSync("/", join(share, "root"));
  symlinkSync(".", join(share, "endless"));
  execFileSync("mkfifo", [join(share, "council", "2026-03-04 Pipe.mp4")]);
  writeFileSync(join(share, "council", "-y.mp4"), "no recording");
  writeFileSync(join(share, "council", "a\nb.mp4"), "no recording");
}

export function removeTraps(share: string): void {
  rmSync(join(share, "council"), { recursive: true, force: true });
}

/** Looks at everything on a share, again and again, while somebody else works. */
export async function tryShare(
  station: AttackedStation,
  share: string,
  secret: string,
  rounds: number,
): Promise<ShareTally> {
  const tally: ShareTally = { calls: 0, wrong: [], p99: 0, longest: 0 };
  const stop = askMeanwhile(station);
  const token = station.tokens.operator;
  const post = async (path: string, body: unknown): Promise<void> => {
    // A call that waits for a share may not be waited for by anybody else.
    const patience = AbortSignal.timeout(30_000);
    try {
      const answer = await fetch(station.url + path, {
        method: "POST",
        signal: patience,
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (text.includes(secret)) tally.wrong.push(`${path} tells what lies elsewhere`);
      if (answer.status >= 500 && !/"code":"(share|tool|disk)\./.test(text))
        tally.wrong.push(`${path}: ${text.slice(0, 200)}`);
    } catch (thrown) {
      if (!patience.aborted) tally.wrong.push(`${path}: ${String(thrown)}`);
    }
    tally.calls++;
  };
  const names = ["2026-03-02 Council.mp4", "2026-03-03 Linked.mp4", "2026-03-04 Pipe.mp4", "-y.mp4", "a\nb.mp4"];
  const paths = [
    ...names.map((name) => join(share, "council", name)),
    join(share, "linked folder", "secret.mp4"),
    share,
  ];
  for (let round = 0; round < rounds; round++) {
    await Promise.all([
      post("/api/intake/browse", { path: share }),
      post("/api/intake/browse", { path: join(share, "linked folder") }),
      post("/api/shares/scan", {}),
      ...paths.map((path) => post("/api/intake/look", { paths: [path] })),
    ]);
  }
  const times = await stop();
  tally.p99 = quantile(times, 0.99);
  tally.longest = Math.max(...times);
  const { status } = await call(station, "GET", "/api/session", { token });
  if (status !== 200) tally.wrong.push(`afterwards: ${status}`);
  return tally;
}
