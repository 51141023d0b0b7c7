// whisper-host: speech recognition in a process of its own. Requests come as lines of JSON on standard input, answers
// and events go out as lines of JSON on standard output. native/whisper-host/PROTOCOL.md describes them.
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <iostream>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "fields.hpp"
#include "language.hpp"
#include "measure.hpp"
#include "memory.hpp"
#include "messages.hpp"
#include "model.hpp"
#include "parakeet_file.hpp"
#include "parakeet_model.hpp"
#include "parakeet_transcriber.hpp"
#include "parent.hpp"
#include "processor.hpp"
#include "proof.hpp"
#include "speech_detector.hpp"
#include "transcriber.hpp"
#include "windows.hpp"

namespace host {

namespace {

constexpr int    protocol_version = 3;
constexpr size_t longest_line     = 1 << 20;
constexpr auto   heartbeat        = std::chrono::seconds(1);

// Reads a line of at most longest_line bytes. False at the end of input; `too_long` when the line was skipped.
bool read_line(std::string & line, bool & too_long) {
    line.clear();
    too_long = false;
    for (int c = std::getchar(); c != EOF; c = std::getchar()) {
        if (c == '\n') return true;
        if (line.size() < longest_line) line.push_back(static_cast<char>(c));
        else too_long = true;
    }
    return !line.empty();
}

Json hello(const ChosenLevel & level) {
    return {
        {"type", "hello"},
        {"protocol", protocol_version},
        {"version", WHISPER_HOST_VERSION},
        {"whisper", whisper_version()},
        {"devices", devices()},
        {"cpu_features", processor_features()},
        {"physical_cores", physical_cores()},
        {"level", level.describe()},
    };
}

// Takes requests in order on a thread of its own, so that a cancel can overtake them.
class Worker {
  public:
    Worker() : thread_([this] { work(); }) { beat_ = std::thread([this] { beat(); }); }

    void submit(Json request) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const Json & id = request.at("id");
        if (!open_.insert(id).second) throw Failure{code::busy_id, "a request with this id is still open"};
        queue_.push_back(std::move(request));
        ready_.notify_one();
    }

    // Cancels a waiting or a running request. Nothing happens when it has already ended.
    void cancel(const Json & target) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (running_ == target) activity_.cancelled = true;
        else if (open_.count(target) != 0) cancelled_.insert(target);
    }

  private:
    void work() {
        for (;;) {
            Json request;
            bool cancelled;
            {
                std::unique_lock<std::mutex> lock(mutex_);
                ready_.wait(lock, [this] { return !queue_.empty(); });
                request = std::move(queue_.front());
                queue_.pop_front();
                running_            = request.at("id");
                cancelled           = cancelled_.erase(running_) != 0;
                activity_.cancelled = false;
            }
            try {
                if (cancelled) throw Failure{code::cancelled, "cancelled"};
                const Json answer = handle(request);
                close(request.at("id"));
                send(answer);
            } catch (const Failure & failure) {
                close(request.at("id"));
                send_error(request.at("id"), failure);
            } catch (const std::bad_alloc &) {
                close(request.at("id"));
                send_error(request.at("id"), {code::out_of_memory, "not enough memory"});
            } catch (const std::exception & error) {
                close(request.at("id"));
                send_error(request.at("id"), {code::failed, error.what()});
            }
        }
    }

    void close(const Json & id) {
        const std::lock_guard<std::mutex> lock(mutex_);
        open_.erase(id);
        cancelled_.erase(id);
        running_ = nullptr;
    }

    Json handle(const Json & request) {
        const std::string type = request.at("type");
        if (type == "load") return load(request);
        if (type == "detect_speech") return detector_.detect(parse_detect(request), activity_);
        if (type == "unload") {
            model_.reset();
            parakeet_.reset();
            detector_ = SpeechDetector();
            return {{"type", "unloaded"}, {"id", request.at("id")}};
        }
        if (type == "measure") return measure(loaded(), request, activity_);
        if (type == "transcribe_windows") return transcribe_windows(loaded(), parse_windows(request), activity_);
        if (type == "detect_language") {
            return parakeet_ ? detect_language(*parakeet_, request) : detect_language(loaded(), request, activity_);
        }
        const TranscribeRequest transcription = parse_transcribe(request);
        if (parakeet_) return transcribe(*parakeet_, transcription, activity_);
        return transcribe(loaded(), transcription, activity_);
    }

    Model & loaded() {
        if (model_ == nullptr) throw Failure{code::no_model, "no model is loaded"};
        return *model_;
    }

    Json load(const Json & request) {
        const auto         started = std::chrono::steady_clock::now();
        const std::string  path    = needed_text(request, "path");
        const ModelOptions options{
            flag_field(request, "gpu", true),
            flag_field(request, "flash_attention", true),
            text_field(request, "alignment", ""),
        };
        model_.reset();
        parakeet_.reset();
        if (has_parakeet_header(path)) parakeet_ = std::make_unique<ParakeetModel>(path, options);
        else model_ = std::make_unique<Model>(path, options);
        const auto spent = std::chrono::steady_clock::now() - started;
        return {
            {"type", "loaded"},
            {"id", request.at("id")},
            {"model", parakeet_ ? parakeet_->describe() : model_->describe()},
            {"elapsed_ms", std::chrono::duration_cast<std::chrono::milliseconds>(spent).count()},
        };
    }

    void beat() {
        for (;;) {
            std::this_thread::sleep_for(heartbeat);
            Json id;
            {
                const std::lock_guard<std::mutex> lock(mutex_);
                id = running_;
            }
            if (!id.is_null()) send({{"type", "heartbeat"}, {"id", id}, {"work", activity_.work.load()}});
        }
    }

    std::mutex              mutex_;
    std::condition_variable ready_;
    std::deque<Json>        queue_;
    std::set<Json>          open_;
    std::set<Json>          cancelled_;
    Json                    running_;
    Activity                activity_;
    // One of the two at most.
    std::unique_ptr<Model>         model_;
    std::unique_ptr<ParakeetModel> parakeet_;
    SpeechDetector          detector_;
    std::thread             thread_;
    std::thread             beat_;
};

const std::set<std::string> requests = {"load", "unload", "detect_speech", "detect_language", "measure", "transcribe",
                                        "transcribe_windows"};

void take_request(Worker & worker, const std::string & line) {
    Json request = Json::parse(line, nullptr, false);
    if (request.is_discarded() || !request.is_object()) {
        throw Failure{code::bad_message, "not a JSON object"};
    }
    if (!request.contains("id") || !(request.at("id").is_number_integer() || request.at("id").is_string())) {
        throw Failure{code::bad_message, "id must be an integer or a string"};
    }
    const Json        id   = request.at("id");
    const std::string type = request.value("type", "");
    if (type == "cancel") {
        if (!request.contains("target")) throw Failure{code::bad_message, "target is missing"};
        worker.cancel(request.at("target"));
        send({{"type", "cancelling"}, {"id", id}});
    } else if (requests.count(type) != 0) {
        worker.submit(std::move(request));
    } else {
        throw Failure{code::bad_message, "unknown type"};
    }
}

// ggml starts a debugger on itself when it gives up: minutes of work and pages of text for nobody.
void give_up_quietly() {
#ifdef _WIN32
    _putenv_s("GGML_NO_BACKTRACE", "1");
#else
    setenv("GGML_NO_BACKTRACE", "1", 1);
#endif
}

// `proof_file` and `below`: as choose_level takes them.
int run(const std::string & proof_file, const std::string & below) {
    give_up_quietly();
    whisper_log_set(log_line, nullptr);
    parakeet_log_set(log_line, nullptr);
    ggml_log_set(log_line, nullptr);
    take_standard_output();
    watch_parent();
    ChosenLevel level;
    try {
        level = choose_level(proof_file, below);
    } catch (const Failure & failure) {
        send_error(nullptr, failure);
        return 1;
    }
    load_level(level.level);
    send(hello(level));
    // Never destroyed: the process ends while its threads work.
    Worker *    worker = new Worker();
    std::string line;
    bool        too_long = false;
    while (read_line(line, too_long)) {
        if (line.empty() && !too_long) continue;
        Json id;
        try {
            if (too_long) throw Failure{code::bad_message, "the line is too long"};
            const Json seen = Json::parse(line, nullptr, false);
            if (seen.is_object() && seen.contains("id")) id = seen.at("id");
            take_request(*worker, line);
        } catch (const Failure & failure) {
            send_error(id, failure);
        } catch (const std::exception & error) {
            send_error(id, {code::bad_message, error.what()});
        }
    }
    // Whoever asked has gone: what still runs is of no use to anybody.
    std::_Exit(0);
}

} // namespace

} // namespace host

int main(int argc, char ** argv) {
    if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
        std::printf("whisper-host %s (whisper.cpp %s)\n", WHISPER_HOST_VERSION, whisper_version());
        return 0;
    }
    if (argc == 3 && std::strcmp(argv[1], "--prove") == 0) return host::prove_level(argv[2]);
    std::string proof_file;
    std::string below;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--proof") == 0) proof_file = argv[i + 1];
        if (std::strcmp(argv[i], "--below") == 0) below = argv[i + 1];
    }
    return host::run(proof_file, below);
}
