// The model that stays loaded between requests.
#pragma once

#include <memory>
#include <string>

#include "messages.hpp"
#include "whisper.h"

namespace host {

struct ContextDeleter {
    void operator()(whisper_context * context) const { whisper_free(context); }
};

using Context = std::unique_ptr<whisper_context, ContextDeleter>;

struct ModelOptions {
    bool use_gpu    = true;
    bool flash_attn = true;
};

// Loads a ggml model. Throws Failure with model-missing, model-invalid, model-truncated or out-of-memory.
Context load_model(const std::string & utf8_path, const ModelOptions & options);

// What a loaded model is, for the answer to "load".
Json describe_model(whisper_context * context);

} // namespace host
