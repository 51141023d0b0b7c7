// Runs one transcription with a Parakeet model, with the same requests and messages as with a Whisper model.
#pragma once

#include "activity.hpp"
#include "messages.hpp"
#include "parakeet_model.hpp"
#include "transcriber.hpp"

namespace host {

// Transcribes, sending segments and progress; returns the "done" message. Throws Failure: unknown-language for a
// translation, and for a language that the model does not know.
Json transcribe(ParakeetModel & model, const TranscribeRequest & request, Activity & activity);

// English where the model knows nothing else; a model of many languages does not tell which one it hears. Throws
// Failure with unknown-language then.
Json detect_language(const ParakeetModel & model, const Json & request);

} // namespace host
