// Cuts sound into the windows that a Parakeet model hears at once.
#pragma once

#include <cstdint>
#include <vector>

namespace host {

// The longest window. The model takes minutes at once, in memory and time that grow with the square; it was trained on
// stretches of up to forty seconds.
constexpr int64_t longest_window_ms = 40'000;

struct Window {
    int64_t start_ms;
    int64_t end_ms;
    // Where the next window takes over, about in the middle of what both hear; the end of the sound for the last one.
    int64_t cut_ms;
};

// The windows of a sound at 16 kHz, in order. What is not longer than a window is one; anything else is cut between two
// stretches, or where it is quietest, and both sides hear two seconds beyond the cut.
// `seams_ms`: where two stretches were joined.
std::vector<Window> plan_windows(const std::vector<float> & samples, const std::vector<int64_t> & seams_ms);

} // namespace host
