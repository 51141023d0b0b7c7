#include "parakeet_model.hpp"

#include <new>

#include "memory.hpp"
#include "parakeet_file.hpp"
#include "parakeet_inside.hpp"
#include "parakeet_windows.hpp"
#include "processor.hpp"

namespace host {

namespace {

// The vocabulary of version 2 (English) has 1,024 tokens, that of version 3 (the languages below) 8,192.
constexpr int most_english_tokens = 4'096;

// The least that a state works with besides the weights, for windows of the longest kind.
constexpr size_t working = size_t(256) << 20;

} // namespace

ParakeetModel::ParakeetModel(const std::string & utf8_path, const ModelOptions & options) {
    const bool gpu = options.use_gpu && has_gpu();
    try {
        load(utf8_path, gpu);
        // The model may fit and its working memory may not.
        state();
        on_gpu_ = gpu;
    } catch (const Failure & failure) {
        if (!gpu || failure.code != code::out_of_memory) throw;
        notice_ = "the graphics processor could not take the model (" + failure.message + "); the CPU does the work";
        state_.reset();
        context_.reset();
        load(utf8_path, false);
    }
}

void ParakeetModel::load(const std::string & utf8_path, bool use_gpu) {
    ParakeetFile  file(utf8_path);
    const Failure no_memory{code::out_of_memory, "not enough memory for " + utf8_path};
    if (!can_allocate(file.size() + working)) throw no_memory;
    ran_out_of_memory();

    parakeet_model_loader loader = file.loader();
    try {
        context_.reset(load_parakeet(loader, use_gpu));
    } catch (const std::bad_alloc &) {
        throw no_memory;
    }
    if (file.cut_short()) {
        context_.reset();
        throw Failure{code::model_truncated, "the file ends too early: " + utf8_path};
    }
    if (context_ == nullptr) {
        if (ran_out_of_memory()) throw no_memory;
        throw Failure{code::model_invalid, "whisper.cpp refused " + utf8_path};
    }
}

parakeet_state * ParakeetModel::state() {
    if (state_ == nullptr) {
        try {
            state_.reset(new_parakeet_state(context_.get(), longest_window_ms));
        } catch (const std::bad_alloc &) {
            // Told below.
        }
    }
    if (state_ == nullptr) throw Failure{code::out_of_memory, "no memory for the model's working state"};
    return state_.get();
}

const std::vector<std::string> & ParakeetModel::languages() const {
    static const std::vector<std::string> english = {"en"};
    // The model card of parakeet-tdt-0.6b-v3 (NVIDIA, CC-BY-4.0).
    static const std::vector<std::string> european = {"bg", "cs", "da", "de", "el", "en", "es", "et", "fi",
                                                      "fr", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
                                                      "pt", "ro", "ru", "sk", "sl", "sv", "uk"};
    return vocabulary_size(context_.get()) > most_english_tokens ? european : english;
}

Json ParakeetModel::describe() const {
    Json description = {
        {"kind", "parakeet"},
        {"vocabulary", vocabulary_size(context_.get())},
        {"audio_layers", layer_count(context_.get())},
        {"audio_state", state_width(context_.get())},
        {"multilingual", languages().size() > 1},
        {"languages", languages()},
        {"on_gpu", on_gpu_},
    };
    if (!notice_.empty()) description["notice"] = notice_;
    return description;
}

} // namespace host
