#include "model.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <new>

namespace host {

namespace {

constexpr uint32_t ggml_magic = 0x67676d6c;

// whisper.cpp does not look at how much it could read, so a file that ends inside a tensor would load as noise.
struct Source {
    std::ifstream file;
    bool          cut_short = false;

    size_t read(void * output, size_t wanted) {
        file.read(static_cast<char *>(output), static_cast<std::streamsize>(wanted));
        const size_t got = static_cast<size_t>(file.gcount());
        // Nothing at all is the normal end, met when the loader looks for one more tensor.
        if (got != 0 && got < wanted) cut_short = true;
        return got;
    }
};

bool has_magic(std::ifstream & file) {
    uint32_t magic = 0;
    file.read(reinterpret_cast<char *>(&magic), sizeof(magic));
    const bool found = file.gcount() == sizeof(magic) && magic == ggml_magic;
    file.clear();
    file.seekg(0);
    return found;
}

// The hyperparameters size every allocation; a wrong file must not ask for terabytes.
bool plausible_header(std::ifstream & file) {
    int32_t values[12] = {};
    file.read(reinterpret_cast<char *>(values), sizeof(values));
    const bool whole = file.gcount() == sizeof(values);
    file.clear();
    file.seekg(0);
    if (!whole) return false;
    const auto within = [&](int index, int32_t least, int32_t most) {
        return values[index] >= least && values[index] <= most;
    };
    // n_vocab, audio: ctx, state, head, layer; text: ctx, state, head, layer; n_mels
    return within(1, 50000, 60000) && within(2, 100, 6000) && within(3, 16, 4096) && within(4, 1, 64) &&
           within(5, 1, 128) && within(6, 32, 2048) && within(7, 16, 4096) && within(8, 1, 64) &&
           within(9, 1, 128) && within(10, 40, 256) && values[3] == values[7];
}

} // namespace

Context load_model(const std::string & utf8_path, const ModelOptions & options) {
    const auto path = std::filesystem::u8path(utf8_path);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        throw Failure{code::model_missing, "there is no file " + utf8_path};
    }
    Source source;
    source.file.open(path, std::ios::binary);
    if (!source.file) throw Failure{code::model_missing, "cannot open " + utf8_path};
    if (!has_magic(source.file)) throw Failure{code::model_invalid, "not a ggml model: " + utf8_path};
    if (!plausible_header(source.file)) throw Failure{code::model_invalid, "not a whisper model: " + utf8_path};

    whisper_model_loader loader{};
    loader.context = &source;
    loader.read = [](void * context, void * output, size_t wanted) {
        return static_cast<Source *>(context)->read(output, wanted);
    };
    loader.eof   = [](void * context) { return static_cast<Source *>(context)->file.eof(); };
    loader.close = [](void *) {};

    whisper_context_params params = whisper_context_default_params();
    params.use_gpu                = options.use_gpu;
    params.flash_attn             = options.flash_attn;

    Context context;
    try {
        context.reset(whisper_init_with_params_no_state(&loader, params));
    } catch (const std::bad_alloc &) {
        throw Failure{code::out_of_memory, "not enough memory for " + utf8_path};
    }
    if (source.cut_short || (context == nullptr && source.file.eof())) {
        throw Failure{code::model_truncated, "the file ends too early: " + utf8_path};
    }
    if (context == nullptr) throw Failure{code::model_invalid, "whisper.cpp refused " + utf8_path};
    return context;
}

Json describe_model(whisper_context * context) {
    return {
        {"vocabulary", whisper_model_n_vocab(context)},
        {"audio_layers", whisper_model_n_audio_layer(context)},
        {"audio_state", whisper_model_n_audio_state(context)},
        {"text_context", whisper_model_n_text_ctx(context)},
        {"multilingual", whisper_is_multilingual(context) != 0},
    };
}

} // namespace host
