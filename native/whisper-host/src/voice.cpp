#include "voice.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "whisper.h"

namespace host {

namespace {

constexpr int64_t frame_ms      = 10;
constexpr size_t  frame_samples = WHISPER_SAMPLE_RATE / 1000 * frame_ms;
// The closure of a stop consonant is silent for up to a tenth of a second; a pause between words is longer.
constexpr int64_t least_pause_ms = 120;
// Words that end softly are cut short by any threshold.
constexpr int64_t pad_ms = 20;

float frame_level(const float * samples, size_t count) {
    float energy = 0;
    for (size_t i = 0; i < count; ++i) energy += samples[i] * samples[i];
    return 10.0f * std::log10(energy / static_cast<float>(count) + 1e-10f);
}

// The level between the room's floor and its speech above which a frame counts as voice. Frames of digital silence
// say nothing about the room.
float voice_threshold(std::vector<float> levels) {
    levels.erase(std::remove_if(levels.begin(), levels.end(), [](float level) { return level < -80; }), levels.end());
    if (levels.empty()) return 0;
    std::sort(levels.begin(), levels.end());
    const float floor  = levels[levels.size() / 10];
    const float speech = levels[levels.size() * 9 / 10];
    return speech - floor < 6 ? -80 : floor + (speech - floor) * 0.3f;
}

// How long a word takes to say, in letters: numbers are read out.
double weight_of(const std::string & word) {
    double weight = 0;
    for (const unsigned char c : word) {
        if (std::isdigit(c)) weight += 3;
        else if (std::isalpha(c) || c >= 0xC0) weight += 1;
    }
    // "a" and "I" take longer than a fifth of "agenda".
    return std::max(weight, 1.0) + 1.0;
}

} // namespace

VoiceMap::VoiceMap(const std::vector<float> & samples, const std::vector<int64_t> & seams_ms) {
    std::vector<float> levels;
    levels.reserve(samples.size() / frame_samples + 1);
    for (size_t at = 0; at < samples.size(); at += frame_samples) {
        levels.push_back(frame_level(samples.data() + at, std::min(frame_samples, samples.size() - at)));
    }
    const float threshold = voice_threshold(levels);
    for (size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] < threshold) continue;
        const int64_t start = static_cast<int64_t>(i) * frame_ms;
        if (!voiced_.empty() && start - voiced_.back().end_ms < least_pause_ms) voiced_.back().end_ms = start + frame_ms;
        else voiced_.push_back({start, start + frame_ms});
    }
    for (Span & span : voiced_) {
        span.start_ms = std::max<int64_t>(0, span.start_ms - pad_ms);
        span.end_ms += pad_ms;
    }
    for (const int64_t seam : seams_ms) {
        for (size_t i = 0; i < voiced_.size(); ++i) {
            if (voiced_[i].start_ms >= seam || voiced_[i].end_ms <= seam) continue;
            const Span after{seam, voiced_[i].end_ms};
            voiced_[i].end_ms = seam;
            voiced_.insert(voiced_.begin() + static_cast<std::ptrdiff_t>(i) + 1, after);
        }
    }
}

std::vector<Span> VoiceMap::voiced_between(int64_t start_ms, int64_t end_ms) const {
    std::vector<Span> result;
    auto first = std::lower_bound(voiced_.begin(), voiced_.end(), start_ms,
                                  [](const Span & span, int64_t at) { return span.end_ms <= at; });
    for (; first != voiced_.end() && first->start_ms < end_ms; ++first) {
        result.push_back({std::max(first->start_ms, start_ms), std::min(first->end_ms, end_ms)});
    }
    return result;
}

std::vector<WordSpan> VoiceMap::lay_out(const std::vector<std::string> & words, int64_t start_ms,
                                        int64_t end_ms) const {
    std::vector<Span> voiced = voiced_between(start_ms, std::max(end_ms, start_ms + 1));
    const bool        silent = voiced.empty();
    if (silent) voiced.push_back({start_ms, std::max(end_ms, start_ms + 1)});

    // Voiced milliseconds before each stretch: a pause is one point on this line.
    std::vector<int64_t> before(1, 0);
    for (const Span & span : voiced) before.push_back(before.back() + span.end_ms - span.start_ms);
    const double total = static_cast<double>(before.back());

    std::vector<double> boundaries(1, 0.0);
    for (const std::string & word : words) boundaries.push_back(boundaries.back() + weight_of(word));
    for (double & boundary : boundaries) boundary *= total / boundaries.back();

    // A pause lies between two words: the nearest boundary moves to it if it is nearer than half of a word.
    const double reach = total / static_cast<double>(words.size()) / 2;
    for (size_t pause = 1; pause + 1 < before.size(); ++pause) {
        const double at = static_cast<double>(before[pause]);
        size_t nearest  = 0;
        for (size_t i = 1; i + 1 < boundaries.size(); ++i) {
            const bool nearer = nearest == 0 || std::abs(boundaries[i] - at) < std::abs(boundaries[nearest] - at);
            const bool fits   = boundaries[i - 1] < at && at < boundaries[i + 1];
            if (nearer && fits) nearest = i;
        }
        if (nearest != 0 && std::abs(boundaries[nearest] - at) <= reach) boundaries[nearest] = at;
    }

    // Back to the clock. A boundary on a pause ends one word before it and begins the next one after it.
    const auto clock = [&](double position, bool as_end) {
        const auto whole = static_cast<int64_t>(std::lround(position));
        size_t stretch = 0;
        while (stretch + 1 < voiced.size() && (as_end ? before[stretch + 1] < whole : before[stretch + 1] <= whole)) {
            ++stretch;
        }
        return voiced[stretch].start_ms + whole - before[stretch];
    };
    std::vector<WordSpan> spans;
    for (size_t i = 0; i < words.size(); ++i) {
        // How long a number takes to say, its digits do not tell.
        const bool number = std::any_of(words[i].begin(), words[i].end(), [](unsigned char c) { return std::isdigit(c); });
        spans.push_back({clock(boundaries[i], false), clock(boundaries[i + 1], true), silent || number});
        if (spans.back().end_ms < spans.back().start_ms) spans.back().end_ms = spans.back().start_ms;
    }
    return spans;
}

std::vector<WordSpan> VoiceMap::align(const std::vector<int64_t> & starts_ms, int64_t start_ms, int64_t end_ms) const {
    const size_t          count = starts_ms.size();
    std::vector<WordSpan> spans;
    int64_t               latest = start_ms;
    for (const int64_t start : starts_ms) {
        const bool known = start >= latest && start <= end_ms;
        if (known) latest = start;
        spans.push_back({known ? start : -1, end_ms, !known});
    }
    // Beginnings between two known ones are shared out.
    for (size_t i = 0; i < count; ++i) {
        if (spans[i].start_ms >= 0) continue;
        size_t next = i;
        while (next < count && spans[next].start_ms < 0) ++next;
        const int64_t before = i == 0 ? start_ms : spans[i - 1].start_ms;
        const int64_t after  = next == count ? std::max(end_ms, before) : spans[next].start_ms;
        const auto    places = static_cast<int64_t>(next - i + (i == 0 ? 0 : 1));
        for (size_t k = i; k < next; ++k) {
            const auto step   = static_cast<int64_t>(k - i + (i == 0 ? 0 : 1));
            spans[k].start_ms = before + (after - before) * step / std::max<int64_t>(1, places);
        }
    }
    for (size_t i = 0; i < count; ++i) {
        const int64_t next             = i + 1 < count ? spans[i + 1].start_ms : end_ms;
        const std::vector<Span> voiced = voiced_between(spans[i].start_ms, std::max(next, spans[i].start_ms + 1));
        spans[i].end_ms                = std::max(next, spans[i].start_ms);
        if (voiced.empty()) continue;
        spans[i].start_ms = voiced.front().start_ms;
        // Up to the first pause: what is said after it belongs to the next word.
        spans[i].end_ms = voiced.front().end_ms;
    }
    return spans;
}

} // namespace host
