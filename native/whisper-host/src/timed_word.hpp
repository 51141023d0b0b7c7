// A word and when it was said.
#pragma once

#include <cstdint>
#include <string>

namespace host {

struct TimedWord {
    std::string text;
    int64_t     start_ms;
    int64_t     end_ms;
    // Mean over the word's tokens, from 0 to 1.
    double probability = 0;
    // True where no voice says when.
    bool estimated = false;
};

} // namespace host
