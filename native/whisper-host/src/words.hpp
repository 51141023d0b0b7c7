// Tokens of a segment as words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "whisper.h"

namespace host {

struct HeardWord {
    std::string text;
    // Mean over the word's tokens, from 0 to 1.
    double probability;
    // Where the model's attention says that it begins, in milliseconds of the sound that was given; -1: not known.
    int64_t aligned_ms = -1;
};

// The words of a segment; punctuation belongs to the word before it.
std::vector<HeardWord> words_of(whisper_context * context, whisper_state * state, int segment);

} // namespace host
