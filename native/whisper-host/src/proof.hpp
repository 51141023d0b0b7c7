// Proves that the processor computes what it says it can. Virtual machines announce instructions that trap: the first
// product of matrices would end the host, and every job with it.
#pragma once

#include <string>
#include <vector>

#include "levels.hpp"
#include "messages.hpp"

namespace host {

struct Refused {
    std::string name;
    // As run_self says it, or `illegal-instruction` where the host died of one at work.
    std::string reason;
};

struct ChosenLevel {
    Level                level;
    std::vector<Refused> refused;

    // For the greeting.
    Json describe() const;
};

// Chooses the best level that computes right. Each is tried in a run of this program of its own; what was found is
// remembered in `proof_file` for this processor and this build. An empty `proof_file`: nothing is tried, the best is taken.
// `below`: name of a level that failed at work; it and better ones are left out. Throws Failure with processor.
ChosenLevel choose_level(const std::string & proof_file, const std::string & below);

// What the run of its own does: computes at the level of this name. Returns the exit code.
int prove_level(const std::string & name);

} // namespace host
