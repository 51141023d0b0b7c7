#include "parakeet_windows.hpp"

#include <algorithm>
#include <limits>

#include "parakeet.h"

namespace host {

namespace {

constexpr int64_t beyond_ms = 2'000;
// How much of a window is its own: a cut is looked for between these lengths.
constexpr int64_t least_own_ms = 22'000;
constexpr int64_t most_own_ms  = longest_window_ms - 3 * beyond_ms;
// What is left for the last window at least.
constexpr int64_t least_rest_ms = 8'000;

constexpr int64_t frame_ms     = 10;
constexpr int64_t samples_in_ms = PARAKEET_SAMPLE_RATE / 1000;
// The stretch around a cut that should be quiet: a stop consonant's closure alone is no pause.
constexpr int64_t quiet_ms = 300;

// Energy up to each frame, so that any stretch is a difference.
std::vector<double> sum_energy(const std::vector<float> & samples) {
    const size_t        frame = size_t(frame_ms * samples_in_ms);
    std::vector<double> sums(1, 0.0);
    for (size_t at = 0; at + frame <= samples.size(); at += frame) {
        double energy = 0;
        for (size_t i = at; i < at + frame; ++i) energy += double(samples[i]) * double(samples[i]);
        sums.push_back(sums.back() + energy);
    }
    return sums;
}

int64_t quietest_ms(const std::vector<double> & sums, int64_t from_ms, int64_t to_ms) {
    const int64_t half   = quiet_ms / frame_ms / 2;
    int64_t       best   = from_ms;
    double        least  = std::numeric_limits<double>::infinity();
    const auto    frames = static_cast<int64_t>(sums.size()) - 1;
    for (int64_t at = from_ms / frame_ms; at <= to_ms / frame_ms; ++at) {
        const auto   first  = size_t(std::clamp<int64_t>(at - half, 0, frames));
        const auto   last   = size_t(std::clamp<int64_t>(at + half, 0, frames));
        const double energy = sums[last] - sums[first];
        // Of places that are equally quiet, the last one: longer windows are fewer.
        if (energy <= least) {
            least = energy;
            best  = at * frame_ms;
        }
    }
    return best;
}

int64_t find_cut(const std::vector<double> & sums, const std::vector<int64_t> & seams_ms, int64_t from_ms, int64_t to_ms) {
    const auto seam = std::find_if(seams_ms.rbegin(), seams_ms.rend(), [&](int64_t at) { return at <= to_ms; });
    if (seam != seams_ms.rend() && *seam >= from_ms) return *seam;
    return quietest_ms(sums, from_ms, to_ms);
}

} // namespace

std::vector<Window> plan_windows(const std::vector<float> & samples, const std::vector<int64_t> & seams_ms) {
    const auto                length_ms = (static_cast<int64_t>(samples.size()) + samples_in_ms - 1) / samples_in_ms;
    const std::vector<double> sums      = sum_energy(samples);
    std::vector<Window>       windows;
    int64_t                   own_ms = 0;
    while (length_ms - std::max<int64_t>(0, own_ms - beyond_ms) > longest_window_ms) {
        const int64_t latest = std::min(own_ms + most_own_ms, length_ms - least_rest_ms);
        const int64_t cut_ms = find_cut(sums, seams_ms, own_ms + least_own_ms, latest);
        windows.push_back({std::max<int64_t>(0, own_ms - beyond_ms), cut_ms + beyond_ms, cut_ms});
        own_ms = cut_ms;
    }
    windows.push_back({std::max<int64_t>(0, own_ms - beyond_ms), length_ms, length_ms});
    return windows;
}

} // namespace host
