// The Silero network that tells speech from everything else, computed as its makers compute it.
//
// whisper.cpp 1.9.1 has the network as well (whisper_vad_*) and leaves out the 64 samples before each window, for which it
// puts the window's own first samples in mirror writing; and it computes window by window, with a graph of thirty small
// operations each. Here everything but the network's memory is computed for many windows at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace host {

class SileroNetwork {
  public:
    // Samples of a window, at 16 kHz.
    static constexpr int window_samples = 512;

    // Loads a file in whisper.cpp's layout (models/convert-silero-vad-to-ggml.py). Throws Failure with model-missing,
    // model-invalid, model-truncated or out-of-memory.
    SileroNetwork(const std::string & utf8_path, int threads);
    ~SileroNetwork();

    // Begins with a new sound: nothing has been heard.
    void forget();

    // The probability that somebody speaks in each window, from 0 to 1. The sound goes on where the last call's ended;
    // only the last call may have a length that is no multiple of a window. Throws Failure with failed.
    std::vector<float> probabilities(const std::vector<float> & samples);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace host
