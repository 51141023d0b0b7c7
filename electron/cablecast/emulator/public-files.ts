/** Serves what viewers get: the files of a finished VOD, and a small page that plays it with captions and chapters. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { escapeHtml } from "../../platform/html.ts";
import { type ApiOptions, chapterTrack, HttpError } from "./api.ts";
import { parseId, type Row } from "./tables.ts";

export function addPublicFiles(app: FastifyInstance, options: ApiOptions): void {
  const { station } = options;
  const getShow = (value: string): Row => {
    const show = station.tables.get("shows", parseId(/^\d+/.exec(value)?.[0]) ?? 0);
    if (show === undefined) throw new HttpError(404, "No such show");
    return show;
  };
  const getVideo = (show: Row): string => {
    const video = station.content.findVideo(show.id);
    if (video === undefined) throw new HttpError(404, "No video yet");
    return video;
  };
  app.get("/store-1/:folder/:file", async (request, reply) => {
    const { folder, file } = request.params as { folder: string; file: string };
    const video = getVideo(getShow(folder));
    await station.content.scan();
    const captions = station.faults.hideCaptions ? undefined : await station.content.captions(video);
    if (file === "vod.mp4") return sendRange(join(station.content.folder, video), request.headers.range, reply);
    if (file === "vod.m3u8")
      return reply.type("application/vnd.apple.mpegurl").send(masterPlaylist(captions !== undefined));
    if (captions === undefined) throw new HttpError(404, "No captions");
    // Text without a charset in the header, as the real servers send it.
    if (file === "captions.en.vtt") return reply.header("content-type", "text/vtt").send(Buffer.from(captions));
    if (file === "captions.en.m3u8") return reply.type("application/vnd.apple.mpegurl").send(captionPlaylist);
    if (file === "transcript.en.txt")
      return reply.header("content-type", "text/plain").send(Buffer.from(transcript(captions)));
    throw new HttpError(404, "No such file");
  });
  app.get("/internetchannel/show/:id", async (request, reply) => {
    const show = getShow((request.params as { id: string }).id);
    const vod = station.tables.all("vods").find((each) => each.show === show.id && each.isWatchable === true);
    return reply.type("text/html; charset=utf-8").send(playerPage(show, vod));
  });
  app.get("/internetchannel/chapters/:id", async (request, reply) =>
    reply.type("text/vtt").send(chapterTrack(options, parseId((request.params as { id: string }).id) ?? 0)),
  );
  // Accepts JSON only, so that no page of another site can send it.
  app.post("/practice/vods/:id/remove", async (request) => {
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) throw new HttpError(415, "Send JSON");
    const vod = station.tables.get("vods", parseId((request.params as { id: string }).id) ?? 0);
    if (vod === undefined) throw new HttpError(404, "No such VOD");
    station.removeVod(vod);
    await station.tables.save();
    return {};
  });
  app.get("/", async (_, reply) => reply.type("text/html; charset=utf-8").send(indexPage(station.tables.all("shows"))));
}

async function sendRange(path: string, range: string | undefined, reply: FastifyReply): Promise<FastifyReply> {
  const { size } = await stat(path);
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
  reply.type("video/mp4").header("accept-ranges", "bytes");
  if (match === null) return reply.header("content-length", size).send(createReadStream(path));
  const start = Number(match[1]);
  const end = match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  if (start > end) return reply.status(416).header("content-range", `bytes */${size}`).send();
  reply
    .status(206)
    .header("content-range", `bytes ${start}-${end}/${size}`)
    .header("content-length", end - start + 1);
  return reply.send(createReadStream(path, { start, end }));
}

/** Formats the playlist with the stray spaces that real servers emit. */
function masterPlaylist(hasCaptions: boolean): string {
  const media =
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="English",DEFAULT=YES,FORCED=NO,URI="captions.en.m3u8",LANGUAGE="en"';
  const group = hasCaptions ? ', SUBTITLES ="subs"' : "";
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:3",
    ...(hasCaptions ? [media] : []),
    `#EXT-X-STREAM-INF:BANDWIDTH=2800000,CLOSED-CAPTIONS=NONE,RESOLUTION=1280x720${group}`,
    "720p.m3u8?duration=0",
    "",
  ].join("\n");
}

const captionPlaylist = "#EXTM3U\n#EXT-X-TARGETDURATION:86400\n#EXTINF:86400,\ncaptions.en.vtt\n#EXT-X-ENDLIST\n";

function transcript(vtt: string): string {
  const cues = [...vtt.matchAll(/(\d\d:)?(\d\d:\d\d)\.(\d{3}) -->[^\n]*\n([\s\S]*?)(?:\n\n|$)/g)];
  return cues
    .map(
      ([, hours, rest, ms, text]) =>
        `${hours ?? "00:"}${rest},${ms}\t${String(text)
          .replace(/<[^>]*>/g, "")
          .replaceAll(/\s+/g, " ")
          .trim()}\r\n`,
    )
    .join("");
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f4f6;color:#1a1a1f}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem}video{width:100%;background:#000;border-radius:8px}
a{color:#1a56c4}li{margin:.3rem 0}button{font:inherit;background:none;border:0;color:#1a56c4;cursor:pointer;padding:0}
.note{background:#fff3d1;border-radius:6px;padding:.6rem 1rem}
@media(prefers-color-scheme:dark){body{background:#17171b;color:#eee}a,button{color:#8ab4ff}.note{background:#4a3d12}}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;

function playerPage(show: Row, vod: Row | undefined): string {
  const title = escapeHtml(show.cgTitle || show.title);
  const head = `<p><a href="/">Practice station</a></p><h1>${title}</h1><p>${escapeHtml(show.comments)}</p>`;
  if (vod === undefined) return page(String(show.title), `${head}<p class="note">There is nothing to watch yet.</p>`);
  const folder = String(vod.url)
    .replace(/^https?:\/\/[^/]+/, "")
    .replace(/\/[^/]*$/, "");
  const track = show.hasCaptions
    ? `<track kind="captions" src="${folder}/captions.en.vtt" srclang="en" label="English" default>`
    : "";
  const note = show.hasCaptions ? "" : '<p class="note">There are no captions yet.</p>';
  const script = `const v=document.querySelector("video"),t=v.querySelector("track[kind=chapters]"),l=document.querySelector("ol");
t.addEventListener("load",()=>{for(const c of t.track.cues){const b=document.createElement("button");b.textContent=new Date(c.startTime*1000).toISOString().slice(11,19)+"  "+c.text;
b.onclick=()=>{v.currentTime=c.startTime;v.play().catch(()=>{})};const i=document.createElement("li");i.append(b);l.append(i)}});t.track.mode="hidden";
const r=document.querySelector("#remove");r.onclick=async()=>{if(!confirm("Remove this VOD?"))return;
await fetch("/practice/vods/"+r.dataset.vod+"/remove",{method:"POST",headers:{"content-type":"application/json"},body:"{}"});location.reload()}`;
  return page(
    String(show.title),
    `${head}<video controls preload="auto" src="${folder}/vod.mp4">${track}` +
      `<track kind="chapters" src="/internetchannel/chapters/${vod.id}"></video>${note}<h2>Chapters</h2><ol></ol>` +
      `<p><button id="remove" data-vod="${vod.id}">Remove this VOD</button></p><script>${script}</script>`,
  );
}

function indexPage(shows: readonly Row[]): string {
  const items = shows
    .toSorted((a, b) => String(b.eventDate).localeCompare(String(a.eventDate)))
    .map(({ id, title, vods }) => {
      const watchable = (vods as readonly number[] | undefined)?.length ? " (VOD)" : "";
      return `<li><a href="/internetchannel/show/${id}">${escapeHtml(title)}</a>${watchable}</li>`;
    });
  return page(
    "Practice station",
    `<h1>Practice station</h1><p>A Cablecast server to practice on. Nothing here is on the air.</p><ul>${items.join("")}</ul>`,
  );
}
