// Reads a Parakeet model file for whisper.cpp's loader, which trusts whatever the file says: a length, a count or a
// type that makes no sense ends the process there. So the whole file is walked first, without its weights.
#pragma once

#include <array>
#include <cstdint>
#include <fstream>
#include <string>

#include "messages.hpp"
#include "parakeet.h"

namespace host {

// True when the head of a ggml model file has Parakeet's layout. False also for files that are missing or no models:
// whoever loads them as Whisper models says why.
bool has_parakeet_header(const std::string & utf8_path);

class ParakeetFile {
  public:
    // Opens the file and walks through it. Throws Failure with model-missing, model-invalid or model-truncated.
    explicit ParakeetFile(const std::string & utf8_path);

    // Bytes of the file.
    size_t size() const { return size_; }

    // For whisper.cpp, from the start; valid as long as this object is.
    parakeet_model_loader loader();

    // True when the file changed under the loader and ended in the middle of something.
    bool cut_short() const { return cut_short_; }

  private:
    void        read(void * output, size_t bytes);
    int32_t     next_int();
    void        skip(uint64_t bytes);
    void        check_header();
    void        check_filters();
    void        check_durations();
    void        check_vocabulary();
    void        check_tensors();
    // Returns the name.
    std::string check_tensor();
    [[noreturn]] void refuse(const char * why) const;

    static constexpr size_t header_values = 16;

    std::string                        path_;
    std::ifstream                      file_;
    uint64_t                           size_ = 0;
    uint64_t                           at_   = 0;
    std::array<int32_t, header_values> header_{};
    bool                               cut_short_ = false;
};

} // namespace host
