// How likely it is that somebody speaks, by a Silero network.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "activity.hpp"
#include "messages.hpp"
#include "silero_network.hpp"

namespace host {

struct DetectRequest {
    Json        id;
    std::string pcm;
    std::string model;
    int64_t     start_sample = 0;
    int64_t     sample_count = 0;
    int         threads      = 0;
};

// Reads a request. Throws Failure with bad-message, naming the field.
DetectRequest parse_detect(const Json & message);

// Keeps the network loaded from one request to the next.
class SpeechDetector {
  public:
    // Listens, sending progress and what it finds; returns the "speech" message. Throws Failure.
    Json detect(const DetectRequest & request, Activity & activity);

  private:
    void load(const std::string & utf8_path, int threads);

    std::unique_ptr<SileroNetwork> network_;
    std::string                    path_;
    int                            threads_ = 0;
};

} // namespace host
