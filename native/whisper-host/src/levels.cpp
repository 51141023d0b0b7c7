#include "levels.hpp"

#include <algorithm>
#include <filesystem>

#include "ggml-backend.h"
#include "own_program.hpp"
#include "processor.hpp"

#ifdef GGML_BACKEND_DL
#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif
#endif

#ifdef HOST_WRAPS_AMX
// The linker gives us ggml's question whether there is AMX, because ggml asks nobody but the processor (CMakeLists.txt).
// AMX instructions are reached through this buffer type only. The second name is empty in a build without AMX.
#define AMX_BUFFER_TYPE _Z28ggml_backend_amx_buffer_typev
#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)
namespace host {
static bool amx_allowed = true;
}
extern "C" ggml_backend_buffer_type_t JOIN(__real_, AMX_BUFFER_TYPE)() __attribute__((weak));
extern "C" ggml_backend_buffer_type_t JOIN(__wrap_, AMX_BUFFER_TYPE)() {
    if (!host::amx_allowed || JOIN(__real_, AMX_BUFFER_TYPE) == nullptr) return nullptr;
    return JOIN(__real_, AMX_BUFFER_TYPE)();
}
#endif

namespace host {

#ifdef GGML_BACKEND_DL

namespace {

namespace fs = std::filesystem;

#ifdef _WIN32
const std::string prefix = "ggml-";
#else
const std::string prefix = "libggml-";
#endif

// `cpu-zen4` for libggml-cpu-zen4.so; empty for other files.
std::string backend_name(const fs::path & file) {
    const std::string name   = file.stem().u8string();
    const std::string ending = file.extension().u8string();
    if (ending != ".so" && ending != ".dll") return "";
    return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : "";
}

// How well a library fits this processor, as it says itself; 0: it does not run here.
int score(const fs::path & library) {
    using Score = int (*)();
#ifdef _WIN32
    const HMODULE handle = LoadLibraryW(library.wstring().c_str());
    if (handle == nullptr) return 0;
    const auto ask    = reinterpret_cast<Score>(GetProcAddress(handle, "ggml_backend_score"));
    const int  result = ask == nullptr ? 0 : ask();
    FreeLibrary(handle);
#else
    void * handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return 0;
    const auto ask    = reinterpret_cast<Score>(dlsym(handle, "ggml_backend_score"));
    const int  result = ask == nullptr ? 0 : ask();
    dlclose(handle);
#endif
    return result;
}

} // namespace

std::vector<Level> list_levels() {
    std::vector<std::pair<int, Level>> scored;
    for (const auto & entry : fs::directory_iterator(own_path().parent_path())) {
        const std::string name = backend_name(entry.path());
        if (name.rfind("cpu", 0) != 0) continue;
        const int fits = score(entry.path());
        if (fits == 0 && name != "cpu") continue;
        scored.push_back({fits, {name == "cpu" ? "any" : name.substr(4), entry.path().u8string()}});
    }
    std::sort(scored.begin(), scored.end(), [](const auto & a, const auto & b) {
        return a.first != b.first ? a.first > b.first : a.second.name < b.second.name;
    });
    std::vector<Level> levels;
    for (auto & [fits, level] : scored) levels.push_back(std::move(level));
    if (levels.empty()) levels.push_back({"none", ""});
    return levels;
}

void load_level(const Level & level) {
    // By name, because ggml would look in the folder that the program was started in as well: anybody's.
    for (const auto & entry : fs::directory_iterator(own_path().parent_path())) {
        const std::string name = backend_name(entry.path());
        if (!name.empty() && name != "base" && name.rfind("cpu", 0) != 0) {
            ggml_backend_load(entry.path().u8string().c_str());
        }
    }
    if (!level.library.empty()) ggml_backend_load(level.library.c_str());
}

#else

std::vector<Level> list_levels() {
    std::vector<Level> levels{{"native", ""}};
#ifdef HOST_WRAPS_AMX
    const Json features = processor_features();
    const bool has_amx  = std::find(features.begin(), features.end(), "AMX_INT8") != features.end();
    if (has_amx) levels.push_back({"native without AMX", "", false});
#endif
    return levels;
}

void load_level(const Level & level) {
#ifdef HOST_WRAPS_AMX
    amx_allowed = level.with_amx;
#else
    (void)level;
#endif
}

#endif

} // namespace host
