// Transcribes several windows of sound in one decoder, and tells of each as soon as it is done.
#pragma once

#include <string>
#include <vector>

#include "activity.hpp"
#include "messages.hpp"
#include "model.hpp"
#include "pcm.hpp"

namespace host {

struct WindowsRequest {
    Json                              id;
    std::string                       pcm;
    std::vector<std::vector<Stretch>> windows;
    std::string                       language = "en";
    std::string                       prompt;
    std::vector<std::string>          names;
    int                               threads   = 0;
    bool                              translate = false;
};

// Reads a request. Throws Failure with bad-message, naming the field.
WindowsRequest parse_windows(const Json & message);

// Transcribes, sending segments, windows and progress; returns the "done" message. Throws Failure.
Json transcribe_windows(Model & model, const WindowsRequest & request, Activity & activity);

} // namespace host
