/** Describes which sound of a recording is used, and what was heard in each; tells whether players let it be heard. */
import type { DecodedFacts, RecordingClock, RecordingSound } from "../../contract/recording.ts";
import type { SoundRequest } from "../../contract/sound.ts";
import type { SoundChoice } from "./sound-choice.ts";
import type { ReadStream } from "./stream-reader.ts";

export function describeSound(
  read: readonly ReadStream[],
  choice: SoundChoice,
  request: SoundRequest | undefined,
): RecordingSound {
  const channel = request?.channel;
  return {
    streams: [...choice.streams],
    ...(channel === undefined ? {} : { channel }),
    others: [...choice.others],
    isSet: request !== undefined,
    heard: read.map(({ number, stream, channels }) => ({
      number,
      index: stream.index,
      codec: stream.codec,
      ...(stream.language === undefined ? {} : { language: stream.language }),
      channels: channels.map(({ activeMs, peakDb, isOpposite }) => ({
        activeMs,
        ...(peakDb === undefined ? {} : { peakDb }),
        ...(isOpposite ? { isOpposite } : {}),
      })),
    })),
  };
}

/** Channels that players send to their two loudspeakers whatever the layout: the first two. */
const playedChannels = 2;

/** True when a browser's player, which takes the first sound and mixes it by its layout, lets the meeting be heard. */
function isAudible({ streams, channel, heard }: RecordingSound): boolean {
  const [first] = heard;
  if (first === undefined || streams.length !== 1 || streams[0] !== 1 || channel !== undefined) return false;
  const most = Math.max(0, ...first.channels.map(({ activeMs }) => activeMs));
  return first.channels.slice(0, playedChannels).some(({ activeMs }) => activeMs * 2 >= most);
}

/** True when a player that opens the recording itself shows what the captions were made from. */
export const playsAlike = ({
  clock,
  sound,
}: {
  readonly clock: RecordingClock;
  readonly sound: RecordingSound;
}): boolean => clock.isEven && isAudible(sound);

/** True when a stream of the recording can be taken as it is: one stream, all of its channels, without repairs. */
export function canTakeSound({ clock, sound }: DecodedFacts): boolean {
  const chosen = sound.heard.find(({ number }) => number === sound.streams[0]);
  const isPlain = sound.streams.length === 1 && sound.channel === undefined;
  const channels = chosen?.channels ?? [];
  return (
    clock.isEven &&
    isPlain &&
    channels.length <= playedChannels &&
    channels.every(({ isOpposite }) => isOpposite !== true)
  );
}

/** The request that gives the same sound again. */
export const toSoundRequest = ({ sound }: DecodedFacts): SoundRequest | undefined =>
  sound.streams.length === 1 ? { stream: sound.streams[0], channel: sound.channel } : undefined;

/** True when a recording was decoded with the sound that is asked for. */
export function isRequestedSound(
  { streams, channel, isSet }: RecordingSound,
  request: SoundRequest | undefined,
): boolean {
  if (request === undefined) return !isSet;
  const isStream = request.stream === undefined || (streams.length === 1 && streams[0] === request.stream);
  return isSet && isStream && channel === request.channel;
}
