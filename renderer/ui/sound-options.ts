/** The sounds of a recording as a list to choose from. */
import { texts } from "../texts/en.ts";

interface OfferedSound {
  /** Codec, layout and language. */
  readonly label: string;
  readonly channels: number;
}

interface SoundOption {
  /** As `contract/sound.ts` reads it. */
  readonly value: string;
  readonly label: string;
}

/** Channels from which on they are listed one by one: a stereo pair is one sound to people. */
const manyChannels = 3;

/** Automatic first, then each sound and the channels of those that have many; only that where there is no choice. */
export function listSoundOptions(sounds: readonly OfferedSound[]): readonly SoundOption[] {
  const t = texts.sound;
  const isSeveral = sounds.length > 1;
  const listed = sounds.flatMap(({ label, channels }, index): readonly SoundOption[] => {
    const stream = `stream ${index + 1}`;
    const whole = isSeveral ? [{ value: stream, label: t.stream(index + 1, label) }] : [];
    if (channels < manyChannels) return whole;
    const each = Array.from({ length: channels }, (_, channel) => ({
      value: isSeveral ? `${stream} channel ${channel + 1}` : `channel ${channel + 1}`,
      label: isSeveral ? t.streamChannel(index + 1, channel + 1) : t.channel(channel + 1),
    }));
    return [...whole, ...each];
  });
  return [{ value: "auto", label: t.automatic }, ...listed];
}
