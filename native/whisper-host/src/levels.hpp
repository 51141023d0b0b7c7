// The instruction levels that this build can compute at. A portable build has a library for each; a build for one machine
// has one, and where it was compiled with AMX a second one that leaves AMX out.
#pragma once

#include <string>
#include <vector>

namespace host {

struct Level {
    std::string name;
    // The library of this level, in UTF-8; empty in a build that is one file.
    std::string library;
    bool        with_amx = true;
};

// The levels that the processor says it has, the best first; never empty.
std::vector<Level> list_levels();

// Makes ggml compute at this level. Once, before anything is computed.
void load_level(const Level & level);

} // namespace host
