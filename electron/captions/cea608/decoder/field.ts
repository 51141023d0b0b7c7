/**
 * Decodes the words of one field and dispatches each to its channel. Text has no channel of its own: it belongs to the
 * channel of the last control code; a code's copy in the very next word is ignored, once (47 CFR 15.119(i)).
 */
import { type Channel, isControl, parseCommand, toFirstChannel } from "../codes.ts";
import { ChannelDecoder, type Effect } from "./channel.ts";

/** The effect of a word, and its channel; no channel for nulls, copies and text before any code. */
export interface FieldEffect {
  readonly channel: Channel | undefined;
  readonly effect: Effect;
}

const nothing: FieldEffect = { channel: undefined, effect: "none" };

/** Decoder of words without parity, one per frame. */
export class FieldDecoder {
  readonly #screens = new Map<Channel, ChannelDecoder>();
  #channel: Channel | undefined;
  #isSecondField = false;
  #expectedCopy: number | undefined;

  /** The decoder of a channel; created on first use. */
  screen(channel: Channel): ChannelDecoder {
    let screen = this.#screens.get(channel);
    if (screen === undefined) {
      screen = new ChannelDecoder();
      this.#screens.set(channel, screen);
    }
    return screen;
  }

  /** The first channel that has received a code. */
  firstUsed(): Channel | undefined {
    return ([1, 2, 3, 4] as const).find((channel) => this.#screens.has(channel));
  }

  /** Processes the word of one frame. */
  feed(word: number): FieldEffect {
    if (!isControl(word)) {
      // A null between the two copies also ends the wait for the second one, as in zvbi and pycaption.
      this.#expectedCopy = undefined;
      if (word === 0 || this.#channel === undefined) return nothing;
      return { channel: this.#channel, effect: this.screen(this.#channel).text(word) };
    }
    if (this.#expectedCopy === word) {
      this.#expectedCopy = undefined;
      return nothing;
    }
    this.#expectedCopy = word;
    return this.#control(word);
  }

  #control(word: number): FieldEffect {
    const { word: code, channel: ofField } = toFirstChannel(word);
    const command = parseCommand(code);
    if (command !== undefined) this.#isSecondField = command.field === 2;
    const channel = (ofField + (this.#isSecondField ? 2 : 0)) as Channel;
    this.#channel = channel;
    const screen = this.screen(channel);
    return { channel, effect: command === undefined ? screen.code(code) : screen.command(command.code) };
  }
}
