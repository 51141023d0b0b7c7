// whisper.cpp keeps a Parakeet model's graphs and backends inside its one source file. This is that translation unit,
// taken from where npm put it, with a few functions more.
#include "parakeet.cpp"

#include "backend_abort.hpp"
#include "parakeet_inside.hpp"

namespace host {

namespace {

// A hop of the spectrogram.
constexpr int64_t hop_ms = 10;

// The context of a state that is only being made.
constexpr int32_t hops_at_first = 128;

// How many frames the joint network looks at in one go: as many as a blank may skip. Its last layer is read from memory
// as a whole for each look, which takes most of the time, and looking at four frames takes hardly longer than at one.
constexpr int frames_at_once = 4;

// The joint network's view of all frames: what does not depend on the tokens is computed once for a window.
bool project_frames(parakeet_context & context, parakeet_state & state, int threads, std::vector<float> & projected) {
    ggml_init_params params = {state.sched_decode.meta.size(), state.sched_decode.meta.data(), true};
    ggml_context *   graph_context = ggml_init(params);
    ggml_cgraph *    graph         = ggml_new_graph(graph_context);
    const auto &     joint         = context.model.joint;
    ggml_tensor *    encoded = ggml_view_2d(graph_context, state.enc_out, context.model.hparams.n_audio_state, state.n_frames,
                                            state.enc_out->nb[1], 0);
    ggml_tensor *    result  = ggml_add(graph_context, ggml_mul_mat(graph_context, joint.enc_w, encoded), joint.enc_b);
    ggml_set_output(result);
    ggml_build_forward_expand(graph, result);
    ggml_free(graph_context);
    if (!ggml_backend_sched_alloc_graph(state.sched_decode.sched, graph)) return false;
    if (!ggml_graph_compute_helper(state.sched_decode.sched, graph, threads, false)) return false;
    projected.resize(static_cast<size_t>(ggml_nelements(result)));
    ggml_backend_tensor_get(result, projected.data(), 0, ggml_nbytes(result));
    ggml_backend_sched_reset(state.sched_decode.sched);
    return true;
}

// The joint network over some frames, after the tokens so far: a row of logits for each, tokens, blank, durations.
bool join(parakeet_context & context, parakeet_state & state, int threads, const float * frames, int count,
          std::vector<float> & logits) {
    ggml_init_params params = {state.sched_decode.meta.size(), state.sched_decode.meta.data(), true};
    ggml_context *   graph_context = ggml_init(params);
    ggml_cgraph *    graph         = ggml_new_graph(graph_context);
    const auto &     joint         = context.model.joint;
    const int        width         = context.model.hparams.n_pred_dim;
    ggml_tensor *    input         = ggml_new_tensor_2d(graph_context, GGML_TYPE_F32, width, count);
    ggml_set_input(input);
    ggml_tensor * hidden = ggml_relu(graph_context, ggml_add(graph_context, input, state.pred_out));
    ggml_tensor * result = ggml_add(graph_context, ggml_mul_mat(graph_context, joint.net_w, hidden), joint.net_b);
    ggml_set_output(result);
    ggml_build_forward_expand(graph, result);
    ggml_free(graph_context);
    if (!ggml_backend_sched_alloc_graph(state.sched_decode.sched, graph)) return false;
    ggml_backend_tensor_set(input, frames, 0, ggml_nbytes(input));
    if (!ggml_graph_compute_helper(state.sched_decode.sched, graph, threads, false)) return false;
    logits.resize(static_cast<size_t>(ggml_nelements(result)));
    ggml_backend_tensor_get(result, logits.data(), 0, ggml_nbytes(result));
    ggml_backend_sched_reset(state.sched_decode.sched);
    return true;
}

bool predict(parakeet_context & context, parakeet_state & state, int threads, int32_t token) {
    state.batch.n_tokens  = 1;
    state.batch.token[0]  = token;
    state.batch.logits[0] = 1;
    state.batch.i_time[0] = 0;
    return parakeet_predict(context, state, state.batch, threads, nullptr, nullptr);
}

// The place of the greatest value, the first of equals; a number that is none is never the greatest.
int greatest(const float * values, int count, int otherwise) {
    int best = otherwise;
    for (int i = 0; i < count; ++i) {
        if (std::isfinite(values[i]) && (!std::isfinite(values[best]) || values[i] > values[best])) best = i;
    }
    return best;
}

float share(const float * logits, int count, int of) {
    double sum = 0;
    for (int i = 0; i < count; ++i) {
        if (std::isfinite(logits[i])) sum += std::exp(double(logits[i]) - double(logits[of]));
    }
    return sum > 0 ? static_cast<float>(1.0 / sum) : 0.0f;
}

} // namespace

parakeet_context * load_parakeet(parakeet_model_loader & loader, bool use_gpu) {
    ggml_time_init();
    auto * context          = new parakeet_context;
    context->params.use_gpu = use_gpu;
    context->params.gpu_device = 0;
    bool loaded             = false;
    try {
        loaded = parakeet_model_load(&loader, *context) && context->model.n_loaded > 0;
    } catch (...) {
        parakeet_free(context);
        throw;
    }
    if (!loaded) {
        parakeet_free(context);
        return nullptr;
    }
    context->mel_cache.init(context->model.hparams.n_fft);
    return context;
}

parakeet_state * new_parakeet_state(parakeet_context * context, int64_t most_ms) {
    // The spectrogram is centered: one hop more than there are whole ones.
    const auto longest = static_cast<int32_t>(most_ms / hop_ms + 1);
    // whisper.cpp makes room for as many tokens at once as the context has hops, and computes one at a time.
    context->model.hparams.n_audio_ctx = hops_at_first;
    parakeet_state * state             = parakeet_init_state(context);
    context->model.hparams.n_audio_ctx = longest;
    if (state == nullptr) return nullptr;
    std::vector<float>().swap(state->logits);
    if (parakeet_ensure_encode_sched(*context, *state, longest)) return state;
    parakeet_free_state(state);
    return nullptr;
}

void set_abort_callback(parakeet_state * state, ggml_abort_callback callback, void * data) {
    set_abort_callback(state->backends, callback, data);
}

std::string token_text(const parakeet_context * context, int32_t id) {
    const auto found = context->vocab.id_to_token.find(id);
    return found == context->vocab.id_to_token.end() ? "" : found->second;
}

int vocabulary_size(const parakeet_context * context) {
    return context->model.hparams.n_vocab;
}

int layer_count(const parakeet_context * context) {
    return context->model.hparams.n_audio_layer;
}

int state_width(const parakeet_context * context) {
    return context->model.hparams.n_audio_state;
}

bool encode_window(parakeet_context * context, parakeet_state * state, const std::vector<float> & samples, int threads) {
    const int count = static_cast<int>(samples.size());
    if (parakeet_pcm_to_mel_with_state(context, state, samples.data(), count, threads) != 0) return false;
    const int length = parakeet_n_len_from_state(state);
    if (length > context->model.hparams.n_audio_ctx) return false;
    // The room of the longest window serves every shorter one; making it to measure would take it anew each time.
    state->n_audio_ctx = length;
    return parakeet_encode_internal(*context, *state, 0, threads, nullptr, nullptr);
}

// As NVIDIA's decoder and whisper.cpp's (parakeet_decode), but for one thing: the durations are compared by their
// logits. whisper.cpp 1.9.1 compares logarithms of a softmax over tokens and durations together, which are minus
// infinity wherever a token is very sure, and takes the first duration then: no step at all (its issue 3932).
bool decode_window(parakeet_context * context, parakeet_state * state, int threads, const std::function<bool()> & stop,
                   std::vector<HeardToken> & tokens) {
    const auto & hparams   = context->model.hparams;
    const int    blank     = hparams.n_vocab;
    const int    choices   = blank + 1;
    const int    row       = choices + hparams.n_tdt_durations;
    const int    width     = hparams.n_pred_dim;
    const int    frames    = state->n_frames;

    ggml_backend_buffer_clear(state->lstm_state.buffer, 0);
    std::vector<float> projected;
    std::vector<float> logits;
    if (!project_frames(*context, *state, threads, projected)) return false;
    // The blank begins: no token yet.
    if (!predict(*context, *state, threads, blank)) return false;

    int frame = 0;
    int here  = 0; // tokens of this frame
    int first = 0; // the frames that the logits are for
    int known = 0;
    while (frame < frames) {
        if (frame >= first + known) {
            if (stop()) return false;
            first = frame;
            known = std::min(frames_at_once, frames - frame);
            if (!join(*context, *state, threads, projected.data() + size_t(first) * size_t(width), known, logits)) return false;
        }
        const float * at       = logits.data() + size_t(frame - first) * size_t(row);
        const int     token    = greatest(at, choices, blank);
        const int     duration = static_cast<int>(
            context->model.tdt_durations[static_cast<size_t>(greatest(at + choices, hparams.n_tdt_durations, 0))]);
        if (token == blank) {
            frame += std::max(duration, 1);
            here = 0;
            continue;
        }
        tokens.push_back({token, frame, duration, share(at, choices, token)});
        if (!predict(*context, *state, threads, token)) return false;
        known = 0;
        frame += duration;
        here = duration > 0 ? 0 : here + 1;
        if (here >= hparams.n_max_tokens) {
            ++frame;
            here = 0;
        }
    }
    return true;
}

} // namespace host
