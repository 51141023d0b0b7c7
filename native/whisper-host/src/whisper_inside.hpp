// What whisper.cpp 1.9 does inside, and does not offer: to stop within a window, to begin anew with the same state,
// and to detect speech in a sound that is not all in memory.
#pragma once

#include <functional>
#include <vector>

#include "whisper.h"

namespace host {

// Lets `callback` stop the computation of `state` between two operations of its graphs.
//
// whisper_full_params.abort_callback is asked only after a whole encode or decode. One encode of a large model takes
// ten seconds and more on two cores, and a cancel has to work within one.
void set_abort_callback(whisper_state * state, ggml_abort_callback callback, void * data);

// False for a file that ends before its first tensor: whisper.cpp takes it for an empty model of its own tests.
bool has_weights(const whisper_context * context);
bool has_weights(const whisper_vad_context * context);

// Makes a state that has been used equal to a fresh one, where a result depends on it: whisper.cpp draws its first
// decoder's random numbers on and on. A fresh state would do as well, and takes 20 to 100 ms and all its memory anew.
void forget_sampling(whisper_state * state);

// How often a state has run the encoder, which listens to thirty seconds at once and takes most of the time.
int encoder_runs(const whisper_state * state);

// Speech in a sound of any length, as whisper_vad_segments_from_samples finds it, with memory for one part only.
// `next_part` gives one part after the other, each but the last a multiple of `speech_part_samples`, and an empty one
// at the end. The caller frees the result; null when the network cannot be computed.
whisper_vad_segments * detect_speech_in_parts(whisper_vad_context * context, const whisper_vad_params & params,
                                              const std::function<std::vector<float>()> & next_part);

// Parts of this length fit the network's windows.
constexpr int speech_part_samples = 512;

} // namespace host
