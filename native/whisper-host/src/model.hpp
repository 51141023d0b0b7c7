// The model that stays loaded between requests.
#pragma once

#include <memory>
#include <string>

#include "decoder_slots.hpp"
#include "messages.hpp"
#include "whisper.h"

namespace host {

struct ModelOptions {
    bool use_gpu    = true;
    bool flash_attn = true;
    // Word times from the model's attention: the name of its alignment heads ("base.en"), or "top" for those of the
    // last layer. Empty: from the sound. Turns flash attention off, which keeps no attention to look at.
    std::string alignment;
};

struct ContextDeleter {
    void operator()(whisper_context * context) const { whisper_free(context); }
};
struct StateDeleter {
    void operator()(whisper_state * state) const { whisper_free_state(state); }
};

// A loaded model with the memory that it works in.
class Model {
  public:
    // Loads a ggml model. Throws Failure with model-missing, model-invalid, model-truncated, bad-message (alignment
    // heads that are not known) or out-of-memory.
    Model(const std::string & utf8_path, const ModelOptions & options);

    whisper_context * context() const { return context_.get(); }
    // The working state: made when it is first asked for, and as good as new each time. Throws Failure with
    // out-of-memory.
    whisper_state * fresh_state();
    // After a failure: what the state was in the middle of is nobody's business.
    void drop_state() {
        slots_.reset();
        state_.reset();
    }
    // Room for several windows beside the state, at most `wanted`: as many as fit. Throws Failure with out-of-memory.
    DecoderSlots & slots(int wanted);
    bool has_alignment() const { return !options_.alignment.empty(); }

    // What it is, for the answer to "load".
    Json describe() const;

  private:
    void load(const std::string & utf8_path, bool use_gpu);

    ModelOptions                                     options_;
    std::unique_ptr<whisper_context, ContextDeleter> context_;
    std::unique_ptr<whisper_state, StateDeleter>     state_;
    std::unique_ptr<DecoderSlots>                    slots_;
    bool                                             on_gpu_ = false;
    // What a person should know: the GPU that was there and did not work.
    std::string                                      notice_;
};

} // namespace host
