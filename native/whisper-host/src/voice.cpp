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
// Between two people, or two sentences, there is more.
constexpr int64_t least_break_ms = 200;
// A stretch of voice of this length behind a word, without one of its own, is the word's last sound.
constexpr int64_t last_sound_ms = 250;
// Words that end softly are cut short by any threshold.
constexpr int64_t pad_ms     = 20;
constexpr int64_t end_pad_ms = 45;

float frame_level(const float * samples, size_t count) {
    float energy = 0;
    for (size_t i = 0; i < count; ++i) energy += samples[i] * samples[i];
    return 10.0f * std::log10(energy / static_cast<float>(count) + 1e-10f);
}

// A voice fades at the end of a sentence: it goes on down to a lower level than it begins with, for this long at most.
constexpr int64_t fading_ms  = 300;
constexpr int64_t closure_ms = 100;

// The levels between the room's floor and its speech above which a frame counts as voice, and above which it still does
// when the voice fades. Frames of digital silence say nothing about the room.
struct Thresholds {
    float voice;
    float fading;
};

Thresholds voice_thresholds(std::vector<float> levels) {
    levels.erase(std::remove_if(levels.begin(), levels.end(), [](float level) { return level < -80; }), levels.end());
    if (levels.empty()) return {0, 0};
    std::sort(levels.begin(), levels.end());
    const float floor  = levels[levels.size() / 10];
    const float speech = levels[levels.size() * 9 / 10];
    if (speech - floor < 6) return {-80, -80};
    return {floor + (speech - floor) * 0.3f, floor + (speech - floor) * 0.12f};
}

// How long a word takes to say, in letters: numbers are read out, and a full stop that stands alone takes no time.
double weight_of(const std::string & word) {
    if (std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) || c >= 0x80; })) return 0;
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
    const Thresholds thresholds = voice_thresholds(levels);
    for (size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] < thresholds.voice) continue;
        const int64_t start = static_cast<int64_t>(i) * frame_ms;
        if (!voiced_.empty() && start - voiced_.back().end_ms < least_pause_ms) voiced_.back().end_ms = start + frame_ms;
        else voiced_.push_back({start, start + frame_ms});
    }
    for (size_t i = 0; i < voiced_.size(); ++i) {
        const int64_t latest = std::min(voiced_[i].end_ms + fading_ms,
                                        i + 1 < voiced_.size() ? voiced_[i + 1].start_ms - least_pause_ms
                                                               : static_cast<int64_t>(levels.size()) * frame_ms);
        int64_t & end = voiced_[i].end_ms;
        // The closure before a last "t" or "ts" is silent.
        for (int64_t at = end; at < latest && at - end <= closure_ms; at += frame_ms) {
            if (levels[static_cast<size_t>(at / frame_ms)] >= thresholds.fading) end = at + frame_ms;
        }
    }
    for (Span & span : voiced_) {
        span.start_ms = std::max<int64_t>(0, span.start_ms - pad_ms);
        span.end_ms += end_pad_ms;
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

Span VoiceMap::pause_near(int64_t at_ms, int64_t reach_ms) const {
    Span    best{at_ms, at_ms};
    int64_t nearest = reach_ms + 1;
    for (size_t i = 0; i < voiced_.size(); ++i) {
        const Span    pause{voiced_[i].end_ms, i + 1 < voiced_.size() ? voiced_[i + 1].start_ms : voiced_[i].end_ms};
        // The closure before a last "ts" is no pause.
        if (pause.end_ms - pause.start_ms < least_break_ms && i + 1 < voiced_.size()) continue;
        const int64_t away = at_ms < pause.start_ms ? pause.start_ms - at_ms : std::max<int64_t>(0, at_ms - pause.end_ms);
        if (away >= nearest) continue;
        nearest = away;
        best    = pause;
    }
    return best;
}

int64_t VoiceMap::voiced_ms(int64_t start_ms, int64_t end_ms) const {
    int64_t total = 0;
    for (const Span & span : voiced_between(start_ms, end_ms)) total += span.end_ms - span.start_ms;
    return total;
}

namespace {

// How sure a sentence's end is, and a comma: what ends there is followed by a pause.
enum class Ending { none, comma, sentence };

Ending ending_of(const std::string & word) {
    const size_t last = word.find_last_not_of("\"')]");
    if (last == std::string::npos) return Ending::none;
    const char c = word[last];
    if (c == '.' || c == '?' || c == '!') return Ending::sentence;
    return c == ',' || c == ';' || c == ':' ? Ending::comma : Ending::none;
}

// A pause of this length stands for a full one.
constexpr double full_pause_ms = 350;
// What it costs to pause within a sentence, and not to pause behind one, beside the squared error of the lengths.
constexpr double inside_cost   = 3.0;
constexpr double comma_cost    = 0.6;
constexpr double unheard_cost  = 2.0;
// A stretch that holds no word: a breath, a chair.
constexpr double empty_cost    = 5.0;
constexpr double empty_full_ms = 300;

struct Layout {
    std::vector<size_t> counts;
};

// How many of the words lie in each voiced stretch: the way that costs least, by the lengths that the words should have
// and by the pauses that sentences end with.
Layout share_words(const std::vector<double> & weights, const std::vector<Ending> & endings,
                   const std::vector<Span> & voiced, double ms_per_weight) {
    const size_t n = weights.size();
    const size_t m = voiced.size();
    std::vector<double> before(1, 0.0);
    std::vector<double> ends(1, 0.0);
    for (size_t i = 0; i < n; ++i) {
        before.push_back(before.back() + weights[i] * ms_per_weight);
        ends.push_back(ends.back() + (endings[i] == Ending::sentence ? 1 : 0));
    }
    constexpr double            never = 1e18;
    std::vector<std::vector<double>> best(m + 1, std::vector<double>(n + 1, never));
    std::vector<std::vector<size_t>> from(m + 1, std::vector<size_t>(n + 1, 0));
    best[0][0] = 0;
    for (size_t s = 0; s < m; ++s) {
        const double length = static_cast<double>(voiced[s].end_ms - voiced[s].start_ms);
        const double pause  = s + 1 < m ? std::min(1.0, static_cast<double>(voiced[s + 1].start_ms - voiced[s].end_ms) / full_pause_ms) : 0;
        for (size_t i = 0; i <= n; ++i) {
            if (best[s][i] >= never) continue;
            for (size_t k = i; k <= n; ++k) {
                double cost = best[s][i];
                if (k == i) {
                    cost += empty_cost * std::min(1.0, length / empty_full_ms);
                } else {
                    const double expected = before[k] - before[i];
                    const double spread   = 90 + 0.25 * expected;
                    cost += (length - expected) * (length - expected) / (spread * spread);
                    // Sentences that end in the middle of a stretch: one speaker after the other without a pause.
                    cost += unheard_cost * (ends[k - 1] - ends[i]);
                    if (s + 1 < m && k < n) {
                        const Ending ending = endings[k - 1];
                        cost += pause * (ending == Ending::none ? inside_cost : ending == Ending::comma ? comma_cost : 0);
                    }
                }
                if (cost >= best[s + 1][k]) continue;
                best[s + 1][k] = cost;
                from[s + 1][k] = i;
            }
        }
    }
    Layout layout;
    layout.counts.resize(m);
    for (size_t s = m, k = n; s > 0; --s) {
        layout.counts[s - 1] = k - from[s][k];
        k = from[s][k];
    }
    return layout;
}

} // namespace

std::vector<WordSpan> VoiceMap::lay_out(const std::vector<std::string> & words, int64_t start_ms,
                                        int64_t end_ms) const {
    std::vector<Span> voiced = voiced_between(start_ms, std::max(end_ms, start_ms + 1));
    const bool        silent = voiced.empty();
    if (silent) voiced.push_back({start_ms, std::max(end_ms, start_ms + 1)});

    std::vector<double> weights;
    std::vector<Ending> endings;
    double              all = 0;
    int64_t             total_ms = 0;
    for (const std::string & word : words) {
        const double weight = weight_of(word);
        endings.push_back(weight > 0 ? ending_of(word) : Ending::none);
        // The last word before a pause is drawn out.
        weights.push_back(weight + (endings.back() == Ending::sentence ? 2 : endings.back() == Ending::comma ? 1 : 0));
        all += weights.back();
    }
    for (const Span & span : voiced) total_ms += span.end_ms - span.start_ms;
    const Layout layout = share_words(weights, endings, voiced, static_cast<double>(total_ms) / std::max(all, 1.0));

    std::vector<WordSpan> spans;
    size_t                word = 0;
    // Where the first sound of the next word was, if it stands apart; -1: nowhere.
    int64_t               first_sound_ms = -1;
    for (size_t s = 0; s < voiced.size(); ++s) {
        const size_t count = layout.counts[s];
        double       here  = 0;
        const bool   short_one = voiced[s].end_ms - voiced[s].start_ms <= last_sound_ms;
        if (count == 0 && short_one) {
            // The nearer of the two words around has it.
            const int64_t before = spans.empty() ? least_break_ms : voiced[s].start_ms - spans.back().end_ms;
            const int64_t after  = s + 1 < voiced.size() ? voiced[s + 1].start_ms - voiced[s].end_ms : least_break_ms;
            if (before < least_break_ms && before <= after) spans.back().end_ms = voiced[s].end_ms;
            else if (after < least_break_ms) first_sound_ms = voiced[s].start_ms;
        }
        for (size_t i = 0; i < count; ++i) here += weights[word + i];
        if (here <= 0) here = 1;
        const double length = static_cast<double>(voiced[s].end_ms - voiced[s].start_ms);
        double       at     = 0;
        for (size_t i = 0; i < count; ++i, ++word) {
            const bool spoken = weights[word] > 0;
            const auto from = voiced[s].start_ms + std::lround(length * at / here);
            at += weights[word];
            const auto to = voiced[s].start_ms + std::lround(length * at / here);
            // How long a number takes to say, its digits do not tell.
            const bool number =
                std::any_of(words[word].begin(), words[word].end(), [](unsigned char c) { return std::isdigit(c); });
            spans.push_back({spoken && first_sound_ms >= 0 ? first_sound_ms : from, to, silent || number});
            if (spoken) first_sound_ms = -1;
        }
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
