// Tokens of a segment as words.
#pragma once

#include <string>
#include <vector>

#include "whisper.h"

namespace host {

struct HeardWord {
    std::string text;
    // Mean over the word's tokens, from 0 to 1.
    double probability;
};

// The words of a segment; punctuation belongs to the word before it.
std::vector<HeardWord> words_of(whisper_context * context, whisper_state * state, int segment);

} // namespace host
