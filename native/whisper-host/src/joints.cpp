#include "joints.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace host {

namespace {

// Two windows give the same word times that differ by a few frames of 80 ms.
constexpr int64_t same_word_ms = 400;

// A word of the overlap as one or both windows heard it; null: not heard.
struct Column {
    const TimedWord * first;
    const TimedWord * second;
};

// Letters and digits alone: a comma at the end of one window is a period in the middle of the other.
std::string bare(const std::string & text) {
    std::string result;
    for (const unsigned char c : text) {
        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) result.push_back(static_cast<char>(c));
        else if (c >= 'A' && c <= 'Z') result.push_back(static_cast<char>(c - 'A' + 'a'));
    }
    return result.empty() ? text : result;
}

int64_t common_ms(const TimedWord & a, const TimedWord & b) {
    return std::max<int64_t>(0, std::min(a.end_ms, b.end_ms) - std::max(a.start_ms, b.start_ms));
}

// The share of the shorter word that lies in the other one.
double common_share(const TimedWord & a, const TimedWord & b) {
    const int64_t shorter = std::max<int64_t>(1, std::min(a.end_ms - a.start_ms, b.end_ms - b.start_ms));
    return double(common_ms(a, b)) / double(shorter);
}

// How well two words fit one another; 0: they are two. Time counts as much as text: of "no, no, no" each is itself.
double likeness(const TimedWord & a, const TimedWord & b) {
    const double apart = double(std::abs((a.start_ms + a.end_ms) - (b.start_ms + b.end_ms))) / 2;
    if (bare(a.text) == bare(b.text)) return std::max(0.0, 2 * (1 - apart / same_word_ms));
    const double share = common_share(a, b);
    return share >= 0.5 ? share : 0;
}

// The best alignment in order, each word with one other at most.
std::vector<Column> align(const std::vector<const TimedWord *> & first, const std::vector<const TimedWord *> & second) {
    const size_t                     rows = first.size() + 1, columns = second.size() + 1;
    std::vector<std::vector<double>> best(rows, std::vector<double>(columns, 0.0));
    for (size_t i = 1; i < rows; ++i) {
        for (size_t k = 1; k < columns; ++k) {
            const double pair = likeness(*first[i - 1], *second[k - 1]);
            best[i][k]        = std::max({best[i - 1][k], best[i][k - 1], pair > 0 ? best[i - 1][k - 1] + pair : 0.0});
        }
    }
    std::vector<Column> result;
    size_t              i = first.size(), k = second.size();
    while (i > 0 || k > 0) {
        const double pair = i > 0 && k > 0 ? likeness(*first[i - 1], *second[k - 1]) : 0;
        if (pair > 0 && best[i][k] == best[i - 1][k - 1] + pair) result.push_back({first[--i], second[--k]});
        // Of two that are next to each other and only one window heard each, the later one comes last.
        else if (i > 0 && best[i][k] == best[i - 1][k] &&
                 (k == 0 || best[i][k] != best[i][k - 1] || first[i - 1]->start_ms >= second[k - 1]->start_ms)) {
            result.push_back({first[--i], nullptr});
        } else result.push_back({nullptr, second[--k]});
    }
    std::reverse(result.begin(), result.end());
    return result;
}

// How sure a window is of a word by its distance from the window's own end, where words are cut in two: from 0 to 1.
double sureness(const TimedWord & word, bool of_first, const Overlap & overlap) {
    const double length = double(std::max<int64_t>(1, overlap.end_ms - overlap.start_ms));
    return std::clamp(double(of_first ? overlap.end_ms - word.end_ms : word.start_ms - overlap.start_ms) / length, 0.01, 1.0);
}

// The share of a word's time that no word which is kept takes.
double open_share(const TimedWord & word, const std::vector<Column> & columns, size_t seam) {
    int64_t taken = 0;
    for (size_t i = 0; i < columns.size(); ++i) {
        const TimedWord * kept = i < seam ? columns[i].first : columns[i].second;
        if (kept != nullptr) taken += common_ms(word, *kept);
    }
    return 1 - std::min(1.0, double(taken) / double(std::max<int64_t>(1, word.end_ms - word.start_ms)));
}

// What it costs to believe the first window for the columns before `seam` and the second one from there.
double cost_of(const std::vector<Column> & columns, size_t seam, const Overlap & overlap) {
    double cost = 0;
    for (size_t i = 0; i < columns.size(); ++i) {
        const bool        believes_first = i < seam;
        const TimedWord * kept           = believes_first ? columns[i].first : columns[i].second;
        const TimedWord * dropped        = believes_first ? columns[i].second : columns[i].first;
        if (dropped != nullptr) {
            const double sure = sureness(*dropped, !believes_first, overlap);
            // Heard by the other window alone, unless its time is taken ("citywide" beside "city" and "wide").
            if (kept == nullptr) cost += sure * open_share(*dropped, columns, seam);
            // Heard as another word, and better.
            else if (bare(kept->text) != bare(dropped->text)) cost += std::max(0.0, sure - sureness(*kept, believes_first, overlap));
        }
        if (!believes_first || kept == nullptr) continue;
        // At one time, one thing is said.
        for (size_t k = seam; k < columns.size(); ++k) {
            if (columns[k].second != nullptr && common_share(*kept, *columns[k].second) >= 0.5) cost += 1;
        }
    }
    return cost;
}

// When the first window's last word and the second one's first word meet.
int64_t time_of(const std::vector<Column> & columns, size_t seam, const Overlap & overlap) {
    int64_t before = overlap.start_ms, after = overlap.end_ms;
    for (size_t i = 0; i < columns.size(); ++i) {
        if (i < seam && columns[i].first != nullptr) before = columns[i].first->end_ms;
        if (i >= seam && columns[i].second != nullptr) {
            after = columns[i].second->start_ms;
            break;
        }
    }
    // In a pause that holds the cut, there; a pause belongs to neither window.
    return std::clamp(overlap.cut_ms, std::min(before, after), std::max(before, after));
}

} // namespace

std::vector<TimedWord> join_words(const std::vector<TimedWord> & before, const std::vector<TimedWord> & after,
                                  const Overlap & overlap) {
    std::vector<TimedWord>         result;
    std::vector<const TimedWord *> first, second;
    for (const TimedWord & word : before) {
        if (word.end_ms <= overlap.start_ms) result.push_back(word);
        else first.push_back(&word);
    }
    size_t rest = 0;
    while (rest < after.size() && after[rest].start_ms < overlap.end_ms) second.push_back(&after[rest++]);

    const std::vector<Column> columns = align(first, second);
    size_t                    best    = 0;
    double                    least   = std::numeric_limits<double>::infinity();
    for (size_t seam = 0; seam <= columns.size(); ++seam) {
        // Of places that cost the same, the one nearest to the cut.
        const double away = double(std::abs(time_of(columns, seam, overlap) - overlap.cut_ms));
        const double cost = cost_of(columns, seam, overlap) + away * 1e-6;
        if (cost < least) {
            least = cost;
            best  = seam;
        }
    }
    for (size_t i = 0; i < columns.size(); ++i) {
        const TimedWord * word = i < best ? columns[i].first : columns[i].second;
        if (word == nullptr) continue;
        TimedWord taken = *word;
        // The windows' times differ by a frame or two: what follows begins no earlier than what came before.
        if (!result.empty() && taken.start_ms < result.back().end_ms) {
            const int64_t middle = (result.back().end_ms + taken.start_ms) / 2;
            if (middle > result.back().start_ms && middle < taken.end_ms) {
                result.back().end_ms = middle;
                taken.start_ms       = middle;
            }
        }
        result.push_back(taken);
    }
    result.insert(result.end(), after.begin() + static_cast<std::ptrdiff_t>(rest), after.end());
    return result;
}

} // namespace host
