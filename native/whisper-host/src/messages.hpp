// Lines of JSON on standard output: one message a line, whole lines only, from any thread.
#pragma once

#include <string>

#include "json.hpp"

namespace host {

using Json = nlohmann::json;

// Error codes of the protocol. native/whisper-host/PROTOCOL.md says when each is sent.
namespace code {
inline constexpr const char * bad_message = "bad-message";
inline constexpr const char * busy_id = "busy-id";
inline constexpr const char * cancelled = "cancelled";
inline constexpr const char * failed = "failed";
inline constexpr const char * model_invalid = "model-invalid";
inline constexpr const char * model_missing = "model-missing";
inline constexpr const char * model_truncated = "model-truncated";
inline constexpr const char * no_model = "no-model";
inline constexpr const char * out_of_memory = "out-of-memory";
inline constexpr const char * pcm_missing = "pcm-missing";
inline constexpr const char * pcm_short = "pcm-short";
inline constexpr const char * processor = "processor";
inline constexpr const char * unknown_language = "unknown-language";
} // namespace code

// An error with a code of the protocol.
struct Failure {
    const char * code;
    std::string  message;
};

// Keeps standard output for messages alone: what a library prints goes to standard error.
void take_standard_output();

// Sends one message. Ends the process when nobody reads any more.
void send(const Json & message);

// Sends an error; `id` is null when no request can be blamed.
void send_error(const Json & id, const Failure & failure);

} // namespace host
