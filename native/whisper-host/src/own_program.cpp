#include "own_program.hpp"

#include <chrono>
#include <thread>

#ifdef _WIN32
#include <windows.h>
#else
#include <csignal>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif
extern char ** environ;
#endif

namespace host {

namespace {

constexpr auto deadline = std::chrono::seconds(30);

std::string describe_exit_code(long code) {
    if (code == 0) return "";
    return code == wrong_result ? "wrong-result" : "failed";
}

} // namespace

std::filesystem::path own_path() {
#if defined(_WIN32)
    std::wstring path(32768, L'\0');
    path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
    return path;
#elif defined(__APPLE__)
    std::string path(4096, '\0');
    uint32_t    size = static_cast<uint32_t>(path.size());
    if (_NSGetExecutablePath(path.data(), &size) != 0) return {};
    return std::filesystem::canonical(path.c_str());
#else
    return std::filesystem::canonical("/proc/self/exe");
#endif
}

#ifdef _WIN32

std::string run_self(const std::vector<std::string> & arguments) {
    const std::wstring program = own_path().wstring();
    std::wstring       line    = L"\"" + program + L"\"";
    // Arguments of our own: words and numbers, nothing to quote.
    for (const std::string & argument : arguments) line += L" " + std::filesystem::u8path(argument).wstring();
    STARTUPINFOW        startup{};
    PROCESS_INFORMATION child{};
    startup.cb = sizeof(startup);
    if (!CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, FALSE, CREATE_NO_WINDOW, nullptr, nullptr,
                        &startup, &child)) {
        return "failed";
    }
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(deadline).count();
    std::string result = "no-answer";
    if (WaitForSingleObject(child.hProcess, static_cast<DWORD>(waited)) == WAIT_OBJECT_0) {
        DWORD code = 1;
        GetExitCodeProcess(child.hProcess, &code);
        if (code == 0xC000001D) result = "illegal-instruction";
        else if (code >= 0xC0000000) result = "crashed";
        else result = describe_exit_code(static_cast<long>(code));
    } else {
        TerminateProcess(child.hProcess, 1);
    }
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
    return result;
}

#else

std::string run_self(const std::vector<std::string> & arguments) {
    const std::string   program = own_path().string();
    std::vector<char *> line{const_cast<char *>(program.c_str())};
    for (const std::string & argument : arguments) line.push_back(const_cast<char *>(argument.c_str()));
    line.push_back(nullptr);
    // Standard input has requests that are ours.
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", 0, 0);
    pid_t     child   = 0;
    const int problem = posix_spawn(&child, program.c_str(), &files, nullptr, line.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (problem != 0) return "failed";
    const auto until = std::chrono::steady_clock::now() + deadline;
    int        status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > until) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return "no-answer";
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGILL ? "illegal-instruction" : "crashed";
    return describe_exit_code(WEXITSTATUS(status));
}

#endif

} // namespace host
