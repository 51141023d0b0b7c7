// Runs one transcription and tells of it as it goes.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "messages.hpp"
#include "whisper.h"

namespace host {

struct TranscribeRequest {
    Json        id;
    std::string pcm;
    int64_t     start_sample = 0;
    int64_t     sample_count = 0;
    std::string language     = "en";
    std::string prompt;
    int         threads = 0;
    int         beam_size            = 5;
    int         best_of              = 5;
    float       temperature          = 0.0f;
    float       temperature_increment = 0.2f;
    float       entropy_threshold    = 2.4f;
    float       logprob_threshold    = -1.0f;
    float       no_speech_threshold  = 0.6f;
    bool        suppress_non_speech  = false;
    bool        translate            = false;
};

// What other threads see of the running transcription.
struct Activity {
    std::atomic<bool>     cancelled{false};
    // Grows with every operation that the engine computes: a heartbeat that a hung engine cannot fake.
    std::atomic<uint64_t> work{0};
};

// Reads a request. Throws Failure with bad-message, naming the field.
TranscribeRequest parse_transcribe(const Json & message);

// Transcribes, sending segments and progress; returns the "done" message. Throws Failure.
Json transcribe(whisper_context * context, const TranscribeRequest & request, Activity & activity);

} // namespace host
