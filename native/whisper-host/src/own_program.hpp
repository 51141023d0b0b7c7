// This program's own file, and a run of it that may die.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace host {

// Where this program lies.
std::filesystem::path own_path();

// Runs this program with these arguments and waits for its end. Empty when it ended with success; else how it ended:
// `illegal-instruction`, `crashed`, `wrong-result` (exit code 3), `failed` (any other), `no-answer` (nothing within half a
// minute).
std::string run_self(const std::vector<std::string> & arguments);

// The exit code that stands for `wrong-result`.
constexpr int wrong_result = 3;

} // namespace host
