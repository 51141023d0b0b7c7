#include "model.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <new>

#include "memory.hpp"
#include "model_file.hpp"
#include "processor.hpp"
#include "whisper_inside.hpp"

namespace host {

namespace {

// The hyperparameters size every allocation; a wrong file must not ask for terabytes.
bool plausible_header(ModelFile & file) {
    int32_t values[12] = {};
    if (!file.peek(values, sizeof(values))) return false;
    const auto within = [&](int index, int32_t least, int32_t most) {
        return values[index] >= least && values[index] <= most;
    };
    // n_vocab, audio: ctx, state, head, layer; text: ctx, state, head, layer; n_mels
    return within(1, 50000, 60000) && within(2, 100, 6000) && within(3, 16, 4096) && within(4, 1, 64) &&
           within(5, 1, 128) && within(6, 32, 2048) && within(7, 16, 4096) && within(8, 1, 64) &&
           within(9, 1, 128) && within(10, 40, 256) && values[3] == values[7];
}

// The heads whose attention follows the words, as OpenAI found them for its models.
const std::map<std::string, whisper_alignment_heads_preset> & alignment_heads() {
    static const std::map<std::string, whisper_alignment_heads_preset> heads = {
        {"tiny", WHISPER_AHEADS_TINY},
        {"tiny.en", WHISPER_AHEADS_TINY_EN},
        {"base", WHISPER_AHEADS_BASE},
        {"base.en", WHISPER_AHEADS_BASE_EN},
        {"small", WHISPER_AHEADS_SMALL},
        {"small.en", WHISPER_AHEADS_SMALL_EN},
        {"medium", WHISPER_AHEADS_MEDIUM},
        {"medium.en", WHISPER_AHEADS_MEDIUM_EN},
        {"large-v1", WHISPER_AHEADS_LARGE_V1},
        {"large-v2", WHISPER_AHEADS_LARGE_V2},
        {"large-v3", WHISPER_AHEADS_LARGE_V3},
        {"large-v3-turbo", WHISPER_AHEADS_LARGE_V3_TURBO},
        {"top", WHISPER_AHEADS_N_TOP_MOST},
    };
    return heads;
}

} // namespace

Model::Model(const std::string & utf8_path, const ModelOptions & options) : options_(options) {
    if (has_alignment() && alignment_heads().count(options_.alignment) == 0) {
        throw Failure{code::bad_message, "no alignment heads are known for " + options_.alignment};
    }
    const bool gpu = options_.use_gpu && has_gpu();
    try {
        load(utf8_path, gpu);
        // The model may fit and its working memory may not.
        fresh_state();
        on_gpu_ = gpu;
    } catch (const Failure & failure) {
        if (!gpu || failure.code != code::out_of_memory) throw;
        notice_ = "the graphics processor could not take the model (" + failure.message + "); the CPU does the work";
        context_.reset();
        load(utf8_path, false);
    }
}

void Model::load(const std::string & utf8_path, bool use_gpu) {
    ModelFile file(utf8_path);
    if (!plausible_header(file)) throw Failure{code::model_invalid, "not a whisper model: " + utf8_path};

    // The least that any model works with besides its weights.
    constexpr size_t working = size_t(192) << 20;
    if (!can_allocate(file.size() + working)) throw Failure{code::out_of_memory, "not enough memory for " + utf8_path};
    ran_out_of_memory();

    whisper_context_params params = whisper_context_default_params();
    params.use_gpu                = use_gpu;
    params.flash_attn             = options_.flash_attn && !has_alignment();
    if (has_alignment()) {
        params.dtw_token_timestamps = true;
        params.dtw_aheads_preset    = alignment_heads().at(options_.alignment);
        params.dtw_n_top            = 1;
    }
    whisper_model_loader loader = file.loader();
    try {
        context_.reset(whisper_init_with_params_no_state(&loader, params));
    } catch (const std::bad_alloc &) {
        throw Failure{code::out_of_memory, "not enough memory for " + utf8_path};
    }
    const bool empty = context_ != nullptr && !has_weights(context_.get());
    if (file.cut_short() || empty || (context_ == nullptr && file.at_end())) {
        context_.reset();
        throw Failure{code::model_truncated, "the file ends too early: " + utf8_path};
    }
    if (context_ == nullptr) {
        if (ran_out_of_memory()) throw Failure{code::out_of_memory, "not enough memory for " + utf8_path};
        throw Failure{code::model_invalid, "whisper.cpp refused " + utf8_path};
    }
}

whisper_state * Model::fresh_state() {
    if (state_ == nullptr) {
        try {
            state_.reset(whisper_init_state(context_.get()));
        } catch (const std::bad_alloc &) {
            // Told below.
        }
    }
    if (state_ == nullptr) throw Failure{code::out_of_memory, "no memory for the model's working state"};
    forget_sampling(state_.get());
    return state_.get();
}

DecoderSlots & Model::slots(int wanted) {
    // More windows at once read the weights less often, but each reads its own sound: beyond this the gain is small.
    constexpr int    most_slots = 8;
    constexpr size_t most_bytes = size_t(128) << 20;
    const size_t     each       = DecoderSlots::slot_bytes(context_.get());
    const int        fitting    = static_cast<int>(std::clamp<size_t>(most_bytes / each, 1, most_slots));
    int              count      = std::min(fitting, std::max(1, wanted));
    if (slots_ != nullptr && slots_->count() >= count) return *slots_;
    slots_.reset();
    for (; count >= 1; count /= 2) {
        try {
            slots_ = std::make_unique<DecoderSlots>(context_.get(), fresh_state(), count);
            return *slots_;
        } catch (const std::bad_alloc &) {
            // Fewer take longer.
        }
    }
    throw Failure{code::out_of_memory, "no memory for the model's working state"};
}

Json Model::describe() const {
    Json description = {
        {"kind", "whisper"},
        {"vocabulary", whisper_model_n_vocab(context_.get())},
        {"audio_layers", whisper_model_n_audio_layer(context_.get())},
        {"audio_state", whisper_model_n_audio_state(context_.get())},
        {"text_context", whisper_model_n_text_ctx(context_.get())},
        {"multilingual", whisper_is_multilingual(context_.get()) != 0},
        {"on_gpu", on_gpu_},
    };
    if (!notice_.empty()) description["notice"] = notice_;
    return description;
}

} // namespace host
