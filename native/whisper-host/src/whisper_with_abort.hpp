// The one thing that whisper.cpp 1.9 does not offer: to stop inside a window.
#pragma once

#include "whisper.h"

namespace host {

// Lets `callback` stop the computation of `state` between two operations of its graphs.
//
// whisper_full_params.abort_callback is asked only after a whole encode or decode. One encode of a large model takes
// ten seconds and more on two cores, and a cancel has to work within one.
void set_abort_callback(whisper_state * state, ggml_abort_callback callback, void * data);

} // namespace host
