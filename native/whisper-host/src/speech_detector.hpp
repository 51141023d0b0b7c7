// Where somebody speaks, by a Silero network.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "activity.hpp"
#include "messages.hpp"
#include "whisper.h"

namespace host {

struct DetectRequest {
    Json        id;
    std::string pcm;
    std::string model;
    int64_t     start_sample = 0;
    int64_t     sample_count = 0;
    int         threads      = 0;
    float       threshold    = 0.5f;
    int         least_speech_ms  = 250;
    int         least_silence_ms = 100;
    int         pad_ms           = 30;
};

// Reads a request. Throws Failure with bad-message, naming the field.
DetectRequest parse_detect(const Json & message);

// Keeps the network loaded from one request to the next.
class SpeechDetector {
  public:
    // Finds speech, sending progress; returns the "speech" message. Throws Failure.
    Json detect(const DetectRequest & request, Activity & activity);

  private:
    struct Free {
        void operator()(whisper_vad_context * context) const { whisper_vad_free(context); }
    };

    void load(const std::string & utf8_path, int threads);

    std::unique_ptr<whisper_vad_context, Free> context_;
    std::string                                path_;
    int                                        threads_ = 0;
};

} // namespace host
