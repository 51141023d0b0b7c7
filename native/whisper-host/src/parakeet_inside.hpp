// What whisper.cpp 1.9 does with Parakeet models inside, and does not offer: to stop within a window, to decode by the
// network's own durations, and to say what went wrong without leaving its memory behind.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "parakeet.h"

namespace host {

// A piece of text and where in the sound it was heard, in frames of `parakeet_frame_ms`.
struct HeardToken {
    int32_t id;
    int32_t frame;
    // Frames until the next token may come.
    int32_t duration;
    // Among the tokens, from 0 to 1.
    float   probability;
};

// The encoder's step: eight hops of ten milliseconds.
constexpr int64_t parakeet_frame_ms = 80;

// Loads a model; null when the loader refuses it. Unlike whisper.cpp's own function, gives everything back then.
parakeet_context * load_parakeet(parakeet_model_loader & loader, bool use_gpu);

// A state with room for so much sound at once, in milliseconds, and no more; null when there is no memory for it.
parakeet_state * new_parakeet_state(parakeet_context * context, int64_t most_ms);

// Lets `callback` stop the computation of `state` between two operations of its graphs.
void set_abort_callback(parakeet_state * state, ggml_abort_callback callback, void * data);

// Tokens of the vocabulary, by their numbers; the blank is none of them.
std::string token_text(const parakeet_context * context, int32_t id);
int         vocabulary_size(const parakeet_context * context);
int         layer_count(const parakeet_context * context);
int         state_width(const parakeet_context * context);

// Computes the encoder over all of `samples` (16 kHz). False when the computation failed or was stopped.
bool encode_window(parakeet_context * context, parakeet_state * state, const std::vector<float> & samples, int threads);

// The tokens of the encoded window, greedily, in order. False when the computation failed, or `stop` said so.
bool decode_window(parakeet_context * context, parakeet_state * state, int threads, const std::function<bool()> & stop,
                   std::vector<HeardToken> & tokens);

} // namespace host
