#include "model_file.hpp"

#include <cstdint>
#include <filesystem>

namespace host {

static constexpr uint32_t ggml_magic = 0x67676d6c;

ModelFile::ModelFile(const std::string & utf8_path) {
    const auto path = std::filesystem::u8path(utf8_path);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        throw Failure{code::model_missing, "there is no file " + utf8_path};
    }
    file_.open(path, std::ios::binary);
    if (!file_) throw Failure{code::model_missing, "cannot open " + utf8_path};
    size_ = static_cast<size_t>(std::filesystem::file_size(path, ignored));
    uint32_t magic = 0;
    if (!peek(&magic, sizeof(magic)) || magic != ggml_magic) {
        throw Failure{code::model_invalid, "not a ggml model: " + utf8_path};
    }
}

bool ModelFile::peek(void * output, size_t bytes) {
    file_.read(static_cast<char *>(output), static_cast<std::streamsize>(bytes));
    const bool whole = file_.gcount() == static_cast<std::streamsize>(bytes);
    file_.clear();
    file_.seekg(0);
    return whole;
}

whisper_model_loader ModelFile::loader() {
    whisper_model_loader loader{};
    loader.context = this;
    loader.read    = [](void * context, void * output, size_t wanted) {
        ModelFile & self = *static_cast<ModelFile *>(context);
        self.file_.read(static_cast<char *>(output), static_cast<std::streamsize>(wanted));
        const size_t got = static_cast<size_t>(self.file_.gcount());
        // Nothing at all is the normal end, met when the loader looks for one more tensor.
        if (got != 0 && got < wanted) self.cut_short_ = true;
        return got;
    };
    loader.eof   = [](void * context) { return static_cast<ModelFile *>(context)->file_.eof(); };
    loader.close = [](void *) {};
    return loader;
}

} // namespace host
