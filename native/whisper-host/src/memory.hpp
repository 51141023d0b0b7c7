// Notices when memory runs out: whisper.cpp and ggml only log it.
#pragma once

#include <cstddef>

#include "ggml.h"

namespace host {

// For whisper_log_set and ggml_log_set: warnings and errors go to standard error.
void log_line(ggml_log_level level, const char * text, void *);

// True when an allocation has failed since this was last asked.
bool ran_out_of_memory();

// False when so much memory is not to be had at once. whisper.cpp does not look whether it got memory for weights.
bool can_allocate(size_t bytes);

} // namespace host
