#include "messages.hpp"

#include <cstdio>
#include <cstdlib>
#include <mutex>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#else
#include <unistd.h>
#endif

namespace host {

static FILE *     output = stdout;
static std::mutex output_mutex;

void take_standard_output() {
#ifdef _WIN32
    const int own = _dup(1);
    _setmode(own, _O_BINARY);
    _dup2(2, 1);
    output = _fdopen(own, "wb");
#else
    const int own = dup(1);
    dup2(2, 1);
    output = fdopen(own, "w");
#endif
    if (output == nullptr) std::_Exit(70);
}

void send(const Json & message) {
    // Text of a model is not always valid UTF-8: a character can be cut by the end of a segment.
    const std::string line = message.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    const std::lock_guard<std::mutex> lock(output_mutex);
    const bool written = std::fwrite(line.data(), 1, line.size(), output) == line.size();
    if (!written || std::fflush(output) != 0) std::_Exit(0);
}

void send_error(const Json & id, const Failure & failure) {
    send({{"type", "error"}, {"id", id}, {"code", failure.code}, {"message", failure.message}});
}

} // namespace host
