// Runs one transcription and tells of it as it goes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "activity.hpp"
#include "messages.hpp"
#include "model.hpp"
#include "pcm.hpp"

namespace host {

struct TranscribeRequest {
    Json                     id;
    std::string              pcm;
    std::vector<Stretch>     stretches;
    std::string              language = "en";
    std::string              prompt;
    // Words that are likely to come, the most useful first.
    std::vector<std::string> vocabulary;
    int                      threads               = 0;
    int                      beam_size             = 5;
    int                      best_of               = 5;
    float                    temperature           = 0.0f;
    float                    temperature_increment = 0.2f;
    float                    entropy_threshold     = 2.4f;
    float                    logprob_threshold     = -1.0f;
    float                    no_speech_threshold   = 0.6f;
    bool                     suppress_non_speech   = false;
    bool                     translate             = false;
};

// Reads a request. Throws Failure with bad-message, naming the field.
TranscribeRequest parse_transcribe(const Json & message);

// Reads "stretches": [[start_sample, sample_count], …], in order. Throws Failure with bad-message.
std::vector<Stretch> parse_stretches(const Json & message);

// Reads a list of texts that may be left out. Throws Failure with bad-message.
std::vector<std::string> parse_vocabulary(const Json & message, const char * name);

// Throws Failure with unknown-language where the model does not know the language, or cannot translate.
void require_language(const whisper_context * context, const std::string & language, bool translate);

// Lets a cancel stop the computation of a state, and counts its work.
void follow(whisper_state * state, Activity & activity);

// Transcribes, sending segments and progress; returns the "done" message. Throws Failure.
Json transcribe(Model & model, const TranscribeRequest & request, Activity & activity);

} // namespace host
