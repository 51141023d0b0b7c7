#include "proof.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "kernels.hpp"
#include "memory.hpp"
#include "own_program.hpp"
#include "processor.hpp"

#ifdef __linux__
#include <sys/resource.h>
#include <sys/utsname.h>
#endif

namespace host {

namespace {

namespace fs = std::filesystem;

// For tests: the levels, divided by commas, whose run dies of an illegal instruction (../PROTOCOL.md, "Levels").
bool is_to_trap(const std::string & name) {
    const char * chosen = std::getenv("ARCHIVIST_TEST_TRAP");
    return chosen != nullptr && ("," + std::string(chosen) + ",").find("," + name + ",") != std::string::npos;
}

// What the proof holds for: another processor, system or build has to prove itself anew.
Json describe_machine(const std::vector<Level> & levels) {
    Json machine = {{"host", WHISPER_HOST_VERSION}, {"levels", Json::array()}};
    for (const Level & level : levels) machine["levels"].push_back(level.name);
    std::error_code ignored;
    const fs::path  program = own_path();
    machine["size"]         = static_cast<uint64_t>(fs::file_size(program, ignored));
    machine["time"]         = static_cast<int64_t>(fs::last_write_time(program, ignored).time_since_epoch().count());
#ifdef __linux__
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line) && !line.empty();) {
        const std::string key = line.substr(0, line.find_first_of("\t:"));
        if (key == "model name" || key == "flags" || key == "microcode" || key == "Features") machine[key] = line;
    }
    utsname system{};
    if (uname(&system) == 0) machine["system"] = std::string(system.release) + " " + system.version;
#endif
    return machine;
}

Json read_proof(const std::string & path) {
    std::ifstream file(fs::u8path(path), std::ios::binary);
    return file ? Json::parse(file, nullptr, false) : Json();
}

// Where it cannot be written it is proved again next time.
void write_proof(const std::string & path, const Json & proof) {
    const fs::path target = fs::u8path(path);
    fs::path       partial = target;
    partial += ".new";
    {
        std::ofstream file(partial, std::ios::binary | std::ios::trunc);
        if (!(file << proof.dump(2) << "\n")) return;
    }
    std::error_code ignored;
    fs::rename(partial, target, ignored);
}

Json list_refused(const std::vector<Refused> & refused) {
    Json list = Json::array();
    for (const Refused & each : refused) list.push_back({{"name", each.name}, {"reason", each.reason}});
    return list;
}

// The remembered choice, if it is of this machine and can be read.
bool recall(const Json & proof, const Json & machine, const std::vector<Level> & levels, ChosenLevel & chosen) {
    if (!proof.is_object() || !proof.contains("machine") || proof.at("machine") != machine) return false;
    try {
        const std::string name = proof.at("level");
        const auto        found =
            std::find_if(levels.begin(), levels.end(), [&](const Level & level) { return level.name == name; });
        if (found == levels.end()) return false;
        chosen.level = *found;
        for (const Json & each : proof.at("refused")) chosen.refused.push_back({each.at("name"), each.at("reason")});
        return true;
    } catch (const Json::exception &) {
        chosen.refused.clear();
        return false;
    }
}

} // namespace

Json ChosenLevel::describe() const { return {{"name", level.name}, {"refused", list_refused(refused)}}; }

ChosenLevel choose_level(const std::string & proof_file, const std::string & below) {
    const std::vector<Level> levels = list_levels();
    if (proof_file.empty() && below.empty()) return {levels.front(), {}};
    const Json  machine = describe_machine(levels);
    const Json  proof   = proof_file.empty() ? Json() : read_proof(proof_file);
    ChosenLevel chosen;
    const bool  known = recall(proof, machine, levels, chosen);
    if (known && chosen.level.name != below) return chosen;
    // What was refused before stays refused; what died at work is.
    if (known) chosen.refused.push_back({below, "illegal-instruction"});
    bool left_out = !below.empty() && !known;
    for (const Level & level : levels) {
        const bool is_refused = std::any_of(chosen.refused.begin(), chosen.refused.end(),
                                            [&](const Refused & each) { return each.name == level.name; });
        if (is_refused) continue;
        std::string reason = left_out ? "illegal-instruction" : run_self({"--prove", level.name});
        if (left_out && level.name == below) left_out = false;
        if (reason.empty()) {
            chosen.level = level;
            if (!proof_file.empty()) {
                write_proof(proof_file, {{"machine", machine}, {"level", level.name},
                                         {"refused", list_refused(chosen.refused)}});
            }
            return chosen;
        }
        chosen.refused.push_back({level.name, reason});
    }
    std::string tried;
    for (const Refused & each : chosen.refused) tried += (tried.empty() ? "" : ", ") + each.name + ": " + each.reason;
    throw Failure{code::processor, "no instruction level of this build works on this processor (" + tried + ")"};
}

int prove_level(const std::string & name) {
    ggml_log_set(log_line, nullptr);
#ifdef __linux__
    // Nobody looks into what is left of a run that was meant to die.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
    for (const Level & level : list_levels()) {
        if (level.name != name) continue;
        load_level(level);
        if (is_to_trap(name)) std::raise(SIGILL);
        return kernels_compute_right() ? 0 : wrong_result;
    }
    return 2;
}

} // namespace host
