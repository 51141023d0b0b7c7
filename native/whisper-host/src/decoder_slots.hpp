// Several windows of sound in one decoder: each has a slot with what the encoder heard and what has been written so far.
// A step for all of them reads the model's weights once, which is most of the time of a step.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "whisper.h"

namespace host {

class DecoderSlots {
  public:
    // Room for `count` windows beside the memory of `state`. Throws std::bad_alloc.
    DecoderSlots(whisper_context * context, whisper_state * state, int count);
    ~DecoderSlots();
    DecoderSlots(const DecoderSlots &)             = delete;
    DecoderSlots & operator=(const DecoderSlots &) = delete;

    int count() const;

    // Memory that a slot takes, in bytes.
    static size_t slot_bytes(const whisper_context * context);

    // Encodes thirty seconds of the sound whose spectrogram the state has, from `mel_offset` (hundredths of a second)
    // on, into a slot. False when the computation failed or was stopped.
    bool encode(int slot, int mel_offset, int threads);

    // Writes `tokens` (the same number for each slot from `first` on, slot after slot) from each slot's position on.
    // What had been written behind it is forgotten. Returns the scores of what follows each token: a row of the
    // vocabulary for each; null when the computation failed or was stopped. The
    // caller may change them.
    float * decode(int first, int slots, const std::vector<whisper_token> & tokens,
                         const std::vector<int> & positions, int threads);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace host
