// Reads a model file for whisper.cpp, which does not look at how much it could read: a file that ends inside a tensor
// would load as noise.
#pragma once

#include <fstream>
#include <string>

#include "messages.hpp"
#include "whisper.h"

namespace host {

class ModelFile {
  public:
    // Opens the file and reads its magic. Throws Failure with model-missing or model-invalid.
    explicit ModelFile(const std::string & utf8_path);

    // Reads from the start without moving on. False when the file is shorter.
    bool peek(void * output, size_t bytes);

    // Bytes of the file.
    size_t size() const { return size_; }

    // For whisper.cpp; valid as long as this object is.
    whisper_model_loader loader();

    // True when the file ended in the middle of something.
    bool cut_short() const { return cut_short_; }
    bool at_end() const { return file_.eof(); }

  private:
    std::ifstream file_;
    size_t        size_ = 0;
    bool          cut_short_ = false;
};

} // namespace host
