// A Parakeet model that stays loaded between requests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "messages.hpp"
#include "model.hpp"
#include "parakeet.h"

namespace host {

struct ParakeetContextDeleter {
    void operator()(parakeet_context * context) const { parakeet_free(context); }
};
struct ParakeetStateDeleter {
    void operator()(parakeet_state * state) const { parakeet_free_state(state); }
};

// A loaded model with the memory that it works in.
class ParakeetModel {
  public:
    // Loads a ggml model. It has word times of its own, so alignment and flash attention mean nothing to it. Throws
    // Failure with model-missing, model-invalid, model-truncated or out-of-memory.
    ParakeetModel(const std::string & utf8_path, const ModelOptions & options);

    parakeet_context * context() const { return context_.get(); }
    // The working state, made when it is first asked for. Nothing of a window stays in it. Throws Failure with
    // out-of-memory.
    parakeet_state * state();
    // After a failure: what the state was in the middle of is nobody's business.
    void drop_state() { state_.reset(); }

    // Codes of the languages that it knows; it finds out by itself which one it hears, and does not tell.
    const std::vector<std::string> & languages() const;

    // What it is, for the answer to "load".
    Json describe() const;

  private:
    void load(const std::string & utf8_path, bool use_gpu);

    std::unique_ptr<parakeet_context, ParakeetContextDeleter> context_;
    std::unique_ptr<parakeet_state, ParakeetStateDeleter>     state_;
    bool                                                      on_gpu_ = false;
    // What a person should know: the GPU that was there and did not work.
    std::string                                               notice_;
};

} // namespace host
