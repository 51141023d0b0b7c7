// Which token comes next, by the rules of Whisper's own decoding (openai/whisper, decoding.py: ApplyTimestampRules,
// SuppressBlank, SuppressTokens), the likeliest first.
#pragma once

#include <vector>

#include "whisper.h"

namespace host {

// The tokens that the rules speak of, looked up once for a model.
struct TokenRules {
    explicit TokenRules(whisper_context * context);

    whisper_token end_of_text;
    whisper_token first_time;
    whisper_token blank;
    // Tokens of what nobody says: brackets, notes, signs (openai/whisper, tokenizer.py: non_speech_tokens).
    std::vector<whisper_token> unspoken;
    int           vocabulary;
    // The first time of a window lies within its first second.
    int           latest_first_time;
    // Tokens in a window at most.
    int           most_tokens;
    // The first distilled models write no times.
    bool          no_times;
};

// The logarithm of the sum of the exponentials of a row: what a score is less than to be a log probability.
float log_sum_exp(const float * scores, int count);

// What the encoder listens to at once, in hundredths of a second.
constexpr int window_length = 3000;

// A window as it is being written.
struct Writing {
    std::vector<whisper_token_data> tokens;
    // Tokens up to the last time, or all of them; what is not kept was cut off by the end of what the encoder heard.
    int  kept       = 0;
    // Where the last time is, in hundredths of a second from where the encoder began to listen.
    int  seek_delta = window_length;
    bool has_time   = false;
    bool completed  = false;
    bool failed     = false;
    // The last sentence has no time at its end, and was heard to its end all the same.
    bool unclosed   = false;
    // From this token on the model would have stopped, and was made to go on; -1: nowhere.
    int  urged_from = -1;
};

// Takes the likeliest token that the rules allow after what is written. `scores` is a row of the vocabulary, in which what
// nobody says is made impossible. `urge`: text it has to be.
whisper_token_data pick_token(const TokenRules & rules, const Writing & written, float * scores, bool urge = false);

// Mean log probability of the tokens from one on.
double mean_log_probability(const std::vector<whisper_token_data> & tokens, size_t from = 0);

// Notes a token, and whether the window is complete with it. `left` is the length of the sound from where the encoder
// began to listen, in hundredths of a second.
void note_token(const TokenRules & rules, Writing & written, const whisper_token_data & token, int left);

} // namespace host
