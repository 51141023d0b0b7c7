// What whisper.cpp 1.9 does inside, and does not offer: to stop within a window, and to begin anew with the same state.
#pragma once

#include "whisper.h"

namespace host {

// Lets `callback` stop the computation of `state` between two operations of its graphs.
//
// whisper_full_params.abort_callback is asked only after a whole encode or decode. One encode of a large model takes
// ten seconds and more on two cores, and a cancel has to work within one.
void set_abort_callback(whisper_state * state, ggml_abort_callback callback, void * data);

// False for a file that ends before its first tensor: whisper.cpp takes it for an empty model of its own tests.
bool has_weights(const whisper_context * context);

// Makes a state that has been used equal to a fresh one, where a result depends on it: whisper.cpp draws its first
// decoder's random numbers on and on. A fresh state would do as well, and takes 20 to 100 ms and all its memory anew.
void forget_sampling(whisper_state * state);

// How often a state has run the encoder, which listens to thirty seconds at once and takes most of the time.
int encoder_runs(const whisper_state * state);

} // namespace host
