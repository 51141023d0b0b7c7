#include "greedy.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

namespace host {

namespace {

constexpr float impossible = -std::numeric_limits<float>::infinity();
// Hundredths of a second that are not worth another window.
constexpr int   least_left = 10;

// e^x for x <= 0 to seven digits, without a branch, so that the compiler computes many at once.
inline float fast_exp(float x) {
    const float   scaled  = std::max(x, -87.0f) * 1.44269504f;
    const float   shifted = scaled + 12582912.0f;
    const float   whole   = shifted - 12582912.0f;
    const float   rest    = (scaled - whole) * 0.69314718f;
    const float   power   = 1.0f + rest * (1.0f + rest * (0.5f + rest * (0.16666667f + rest * (0.041666667f +
                            rest * (0.0083333333f + rest * 0.0013888889f)))));
    const int32_t bits    = (static_cast<int32_t>(whole) + 127) << 23;
    float         factor;
    std::memcpy(&factor, &bits, sizeof(factor));
    return power * factor;
}

// Without those that stand for something said: "6:30", "#26-14", "and/or".
const char * const unspoken_signs[] = {
    "(", ")", "*", "<", ">", "[", "\\", "]", "^", "_", "`", "{", "|", "}", "~", "「", "」", "『", "』", "<<", ">>", "<<<", ">>>",
    "--", "---", "-(", "-[", "('", "(\"", "((", "))", "(((", ")))", "[[", "]]", "{{", "}}", "♪♪", "♪♪♪", "♩", "♪", "♫", "♬",
    "♭", "♮", "♯",
};

constexpr int lanes = 16;

float row_maximum(const float * scores, int count) {
    float best[lanes];
    std::fill_n(best, lanes, impossible);
    int at = 0;
    for (; at + lanes <= count; at += lanes) {
        for (int lane = 0; lane < lanes; ++lane) best[lane] = std::max(best[lane], scores[at + lane]);
    }
    float result = impossible;
    for (const float value : best) result = std::max(result, value);
    for (; at < count; ++at) result = std::max(result, scores[at]);
    return result;
}

float exp_sum(const float * scores, int count, float highest) {
    float sums[lanes] = {};
    int   at          = 0;
    for (; at + lanes <= count; at += lanes) {
        for (int lane = 0; lane < lanes; ++lane) sums[lane] += fast_exp(scores[at + lane] - highest);
    }
    double sum = 0;
    for (const float part : sums) sum += part;
    for (; at < count; ++at) sum += fast_exp(scores[at] - highest);
    return static_cast<float>(sum);
}

int index_of_maximum(const float * scores, int from, int to) {
    return static_cast<int>(std::max_element(scores + from, scores + to) - scores);
}

} // namespace

TokenRules::TokenRules(whisper_context * context)
    : end_of_text(whisper_token_eot(context)),
      first_time(whisper_token_beg(context)),
      vocabulary(whisper_n_vocab(context)),
      latest_first_time(static_cast<int>(std::lround(1.0 * whisper_n_audio_ctx(context) / 30.0))),
      most_tokens(whisper_n_text_ctx(context) / 2 - 4),
      no_times(whisper_model_n_text_layer(context) == 2 && whisper_n_vocab(context) != 51866) {
    blank = -1;
    whisper_token found[4];
    if (whisper_tokenize(context, " ", found, 4) == 1) blank = found[0];
    const auto leave_out = [&](const std::string & text) {
        if (whisper_tokenize(context, text.c_str(), found, 4) == 1) unspoken.push_back(found[0]);
    };
    for (const char * sign : unspoken_signs) {
        leave_out(sign);
        leave_out(std::string(" ") + sign);
    }
    // Between words they are said; at the beginning of a word they are a speaker's mark, or a quotation.
    leave_out(" -");
    leave_out(" '");
}

float log_sum_exp(const float * scores, int count) {
    const float highest = row_maximum(scores, count);
    return highest + std::log(exp_sum(scores, count, highest));
}

whisper_token_data pick_token(const TokenRules & rules, const Writing & written, float * scores, bool urge) {
    for (const whisper_token token : rules.unspoken) scores[token] = impossible;
    const auto & tokens  = written.tokens;
    const bool   initial = tokens.empty();
    const bool   after_time    = !initial && tokens.back().id >= rules.first_time;
    const bool   after_a_pair  = tokens.size() < 2 || tokens[tokens.size() - 2].id >= rules.first_time;
    const bool   text_allowed  = urge || !after_time || after_a_pair;
    const bool   time_allowed  = !urge && !rules.no_times && (!after_time || !after_a_pair);

    // Text and the end of it lie before the times; what is between them (languages, tasks) is never written.
    int time_from = rules.first_time;
    int time_to   = rules.vocabulary;
    if (initial) time_to = std::min(time_to, rules.first_time + rules.latest_first_time + 1);
    if (written.has_time) time_from += written.seek_delta / 2;
    if (!time_allowed) time_to = time_from;
    time_from = std::min(time_from, time_to);

    float     text_highest = impossible;
    float     text_sum     = 0;
    int       text_best    = -1;
    const int text_count   = rules.end_of_text;
    if (text_allowed) {
        text_best = index_of_maximum(scores, 0, text_count);
        if (initial && text_best == rules.blank) {
            std::vector<float> without(scores, scores + text_count);
            without[static_cast<size_t>(rules.blank)] = impossible;
            text_best = index_of_maximum(without.data(), 0, text_count);
        }
        text_highest = scores[text_best];
    }
    const bool  end_allowed = !initial && !urge;
    const float end_score   = end_allowed ? scores[rules.end_of_text] : impossible;
    const int   time_best   = time_from < time_to ? index_of_maximum(scores, time_from, time_to) : -1;
    const float time_score  = time_best < 0 ? impossible : scores[time_best];

    const float highest = std::max({text_highest, end_score, time_score});
    if (text_allowed) {
        text_sum = exp_sum(scores, text_count, highest);
        if (initial && rules.blank >= 0) text_sum -= fast_exp(scores[rules.blank] - highest);
    }
    const float time_sum = time_from < time_to ? exp_sum(scores + time_from, time_to - time_from, highest) : 0;
    const float end_part = end_allowed ? fast_exp(end_score - highest) : 0;
    const float total    = highest + std::log(std::max(text_sum, 0.0f) + time_sum + end_part);

    whisper_token_data token{};
    token.t_dtw = -1;
    token.t0    = -1;
    token.t1    = -1;
    const bool  end_is_best = end_allowed && end_score >= text_highest;
    const float best_text   = end_is_best ? end_score : text_highest;
    // All times together are likelier than any one text: it is a time.
    const bool  is_time     = time_sum > 0 && highest + std::log(time_sum) > best_text;
    token.id                = is_time ? time_best : end_is_best ? rules.end_of_text : text_best;
    token.plog              = scores[token.id] - total;
    token.p                 = std::exp(token.plog);
    token.tid               = time_best < 0 ? rules.first_time : time_best;
    token.ptsum             = time_sum;
    token.pt                = time_sum > 0 ? fast_exp(time_score - highest) / time_sum : 0;
    return token;
}

double mean_log_probability(const std::vector<whisper_token_data> & tokens, size_t from) {
    if (tokens.size() <= from) return 0;
    double total = 0;
    for (size_t i = from; i < tokens.size(); ++i) total += tokens[i].plog;
    return total / static_cast<double>(tokens.size() - from);
}

void note_token(const TokenRules & rules, Writing & written, const whisper_token_data & token, int left) {
    written.tokens.push_back(token);
    const int count = static_cast<int>(written.tokens.size());
    if (token.id > rules.first_time) {
        const int delta = 2 * (token.id - rules.first_time);
        if (written.has_time && written.seek_delta > delta && written.kept < count - 1) {
            written.failed = true;
            return;
        }
        written.seek_delta = delta;
        written.kept       = count;
        written.has_time   = true;
    }
    const bool at_end = rules.no_times || written.seek_delta + least_left >= left;
    if (token.id == rules.end_of_text || (written.has_time && at_end)) {
        if (written.kept == 0) {
            if (!at_end) {
                written.failed = true;
                return;
            }
            written.kept = count;
        }
        if (token.id == rules.end_of_text && written.kept < count - 1 && left <= window_length) {
            // Whisper leaves such a sentence to the next window, because it may go on there. This sound ends in a pause.
            written.kept     = count;
            written.unclosed = true;
        }
        written.completed = true;
        return;
    }
    if (count >= rules.most_tokens) {
        // The longest text without an end: a loop, or it is kept up to its last time.
        if (written.kept == 0 || written.seek_delta < 1500) written.failed = true;
        else written.completed = true;
    }
}

} // namespace host
