// Words of two windows that overlap, as one sequence: none twice, none lost.
#pragma once

#include <cstdint>
#include <vector>

#include "timed_word.hpp"

namespace host {

// The stretch that two windows heard both, in milliseconds.
struct Overlap {
    // Where the second window begins.
    int64_t start_ms;
    // Where the sound was cut, in a quiet place if there was one.
    int64_t cut_ms;
    // Where the first window ends.
    int64_t end_ms;
};

// Joins what two windows heard, each in order. In the overlap their words are aligned, by text and by time, and one
// place is found up to which the first window is believed, and the second one from there: where both heard the same,
// far from either's end, and where nothing that only one of them heard is dropped, unless it lies at that window's own
// end, where words are cut in two.
std::vector<TimedWord> join_words(const std::vector<TimedWord> & before, const std::vector<TimedWord> & after,
                                  const Overlap & overlap);

} // namespace host
