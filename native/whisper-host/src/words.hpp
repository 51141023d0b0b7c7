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

// The words of a segment's tokens; punctuation belongs to the word before it.
std::vector<HeardWord> find_words(whisper_context * context, const std::vector<whisper_token_data> & tokens);

} // namespace host
