// Whisper's encoder on the CPU, with kernels of ours where they fit the processor and the model.
#pragma once

#include <memory>
#include <utility>

#include "whisper.h"

struct ggml_tensor;

namespace host {

class Encoder {
  public:
    // Throws std::bad_alloc when there is no memory to work in.
    Encoder(whisper_context * context, whisper_state * state);
    ~Encoder();
    Encoder(const Encoder &)             = delete;
    Encoder & operator=(const Encoder &) = delete;

    // Encodes thirty seconds of the sound whose spectrogram the state has, from `mel_offset` (hundredths of a second)
    // on, and writes the decoder's keys and values for it into `cross` (shaped as whisper.cpp shapes them). False when
    // the computation failed or was stopped.
    bool encode(std::pair<ggml_tensor *, ggml_tensor *> cross, int mel_offset, int threads);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace host
