/**
 * The web page of a package: it plays the video with captions and chapters, from a web server or opened as a file. A
 * browser loads no separate caption file for a page that was opened as a file, so the captions are embedded in the
 * page.
 */
import type { Publication } from "../contract/publishing.ts";
import { escapeHtml } from "../platform/html.ts";

/** JSON that cannot close its script element. */
const embed = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

const style = `:root{color-scheme:light dark;--line:#d5d8de;--quiet:#5b6270;--link:#1a56c4}
@media(prefers-color-scheme:dark){:root{--line:#3a3d45;--quiet:#a3a9b5;--link:#8ab4ff}}
*{box-sizing:border-box}body{font:16px/1.55 system-ui,sans-serif;margin:0}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
.quiet{color:var(--quiet);margin:0 0 1rem}video{display:block;width:100%;max-height:75vh;background:#000;border-radius:8px}
video::cue{font:1em/1.3 monospace}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}ol{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
li{border-bottom:1px solid var(--line)}li button{font:inherit;color:inherit;background:none;border:0;width:100%;text-align:left;
padding:.5rem .25rem;cursor:pointer;display:flex;gap:1rem}li button:hover{color:var(--link)}
time{font-variant-numeric:tabular-nums;color:var(--quiet)}a{color:var(--link)}`;

const script = `const data=JSON.parse(document.getElementById("data").textContent),video=document.querySelector("video");
if(data.cues.length){const track=video.addTextTrack("captions","English","en");
for(const [start,end,text] of data.cues)track.addCue(new VTTCue(start,end,text));track.mode="showing"}
for(const button of document.querySelectorAll("li button"))button.addEventListener("click",()=>{video.currentTime=Number(button.dataset.at);video.play().catch(()=>{})})`;

function clock(seconds: number): string {
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

export interface PageFiles {
  readonly video: string;
  readonly captions: string | undefined;
  readonly thumbnail: string | undefined;
}

/** Formats the page's HTML. Pure. */
export function formatPage(publication: Publication, { video, captions, thumbnail }: PageFiles): string {
  const { publicTitle, description, date, city, chapters, cues, access, withCaptions } = publication;
  const poster = thumbnail === undefined ? "" : ` poster="${encodeURIComponent(thumbnail)}"`;
  const list = chapters
    .map(
      ({ title, offset }) =>
        `<li><button data-at="${offset}"><time>${clock(offset)}</time><span>${escapeHtml(title)}</span></button></li>`,
    )
    .join("");
  const data = {
    cues: withCaptions ? cues.map(({ startMs, endMs, lines }) => [startMs / 1000, endMs / 1000, lines.join("\n")]) : [],
  };
  const download = captions === undefined ? "" : ` · <a href="${encodeURIComponent(captions)}" download>captions</a>`;
  const about = [city, date].filter((part) => part !== null && part !== "").join(" · ");
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Search engines may index only a public video.
    access === "public" ? "" : '<meta name="robots" content="noindex">',
    `<title>${escapeHtml(publicTitle)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escapeHtml(publicTitle)}</h1><p class="quiet">${escapeHtml(about)}${download}</p>`,
    `<video controls preload="metadata"${poster} src="${encodeURIComponent(video)}"></video>`,
    description === "" ? "" : `<p>${escapeHtml(description)}</p>`,
    list === "" ? "" : `<h2>Chapters</h2><ol>${list}</ol>`,
    `<script type="application/json" id="data">${embed(data)}</script><script>${script}</script>`,
    "</main></body></html>\n",
  ].join("\n");
}
