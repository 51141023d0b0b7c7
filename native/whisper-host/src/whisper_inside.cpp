// whisper.cpp keeps its computation backends inside whisper_state, which its header does not show. This file is
// whisper.cpp's own translation unit, taken from where npm put it, with a few functions more.
#include "whisper.cpp"

#include "backend_abort.hpp"
#include "whisper_inside.hpp"

#include "encoder.inc"

#include "decoder_slots.inc"

namespace host {

void set_abort_callback(whisper_state * state, ggml_abort_callback callback, void * data) {
    set_abort_callback(state->backends, callback, data);
}

bool has_weights(const whisper_context * context) {
    return context->model.n_loaded > 0;
}

void forget_sampling(whisper_state * state) {
    // whisper_init_state seeds the first one so; whisper_full seeds the others each time.
    state->decoders[0].rng = std::mt19937(0);
}

int encoder_runs(const whisper_state * state) {
    return state->n_encode;
}

} // namespace host
