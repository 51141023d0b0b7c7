/** Makes a recording of sounds that hold no speech, one after another. */
import { execFileSync } from "node:child_process";

const seconds = 10;

/** Sources of ffmpeg, ten seconds each at 16 kHz. */
const sources: Readonly<Record<string, string>> = {
  silence: "anullsrc=r=16000:cl=mono",
  "a quiet room": "anoisesrc=r=16000:c=pink:a=0.003:s=11",
  "white noise": "anoisesrc=r=16000:c=white:a=0.2:s=12",
  "loud brown noise": "anoisesrc=r=16000:c=brown:a=0.6:s=13",
  hum: "aevalsrc='0.15*sin(2*PI*60*t)+0.08*sin(2*PI*120*t)+0.05*sin(2*PI*180*t)':s=16000",
  "a chord":
    "aevalsrc='0.12*(sin(2*PI*220*t)+sin(2*PI*277.18*t)+sin(2*PI*329.63*t))*(0.6+0.4*sin(2*PI*0.5*t))':s=16000",
  // Half a second a note, each dying away, over a bass.
  "a melody":
    "aevalsrc='0.3*exp(-3*mod(t,0.5))*sin(2*PI*220*pow(2,mod(floor(t*2)*7,12)/12)*t)+0.1*sin(2*PI*110*t)':s=16000",
  "bursts of noise": "aevalsrc='0.3*(random(0)*2-1)*exp(-20*mod(t,0.7))':s=16000",
  "a beep each second": "aevalsrc='0.4*sin(2*PI*1000*t)*lt(mod(t,1),0.15)':s=16000",
};

export interface Sound {
  readonly name: string;
  readonly startMs: number;
}

/** @param path absolute path of the file to write @returns what begins where */
export function makeSoundsWithoutSpeech(path: string): readonly Sound[] {
  const names = Object.keys(sources);
  const inputs = Object.values(sources).flatMap((source) => ["-f", "lavfi", "-t", String(seconds), "-i", source]);
  const joined = `${names.map((_, index) => `[${index}:a]`).join("")}concat=n=${names.length}:v=0:a=1`;
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...inputs, "-filter_complex", joined, path]);
  return names.map((name, index) => ({ name, startMs: index * seconds * 1000 }));
}
