// Tokens of a Parakeet model as words, and their times refined by where the sound has voice.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "parakeet_inside.hpp"
#include "timed_word.hpp"
#include "voice.hpp"

namespace host {

// The words of a window that begins at `window_ms`, timed by the model: in steps of `parakeet_frame_ms`. Punctuation
// belongs to the word before it, takes no time, and makes no word alone.
// `text_of`: the text of a token; U+2581 stands for the space before a word.
std::vector<TimedWord> words_of(const std::vector<HeardToken> & tokens,
                                const std::function<std::string(int32_t)> & text_of, int64_t window_ms);

// Moves beginnings and ends to where voice begins and ends nearby, and puts words in order, none over another. A word
// without voice keeps its time, and is marked as estimated.
void refine_times(std::vector<TimedWord> & words, const VoiceMap & voice);

} // namespace host
