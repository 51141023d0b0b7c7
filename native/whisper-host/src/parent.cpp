#include "parent.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>

#ifdef _WIN32
#include <windows.h>
#include <tlhelp32.h>
#else
#include <unistd.h>
#endif
#ifdef __linux__
#include <csignal>
#include <sys/prctl.h>
#endif

namespace host {

#ifdef _WIN32

static DWORD parent_id() {
    const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    DWORD        found    = 0;
    if (snapshot != INVALID_HANDLE_VALUE) {
        PROCESSENTRY32 entry{};
        entry.dwSize = sizeof(entry);
        for (BOOL more = Process32First(snapshot, &entry); more; more = Process32Next(snapshot, &entry)) {
            if (entry.th32ProcessID == GetCurrentProcessId()) found = entry.th32ParentProcessID;
        }
        CloseHandle(snapshot);
    }
    return found;
}

void watch_parent() {
    const HANDLE parent = OpenProcess(SYNCHRONIZE, FALSE, parent_id());
    if (parent == nullptr) return;
    std::thread([parent] {
        WaitForSingleObject(parent, INFINITE);
        std::_Exit(0);
    }).detach();
}

#else

void watch_parent() {
    const pid_t parent = getppid();
#ifdef __linux__
    // The kernel sees to it even when this process hangs or is stopped.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    std::thread([parent] {
        // The kernel hands an orphan to another process; asking twice a second costs nothing and works everywhere.
        while (getppid() == parent) std::this_thread::sleep_for(std::chrono::milliseconds(500));
        std::_Exit(0);
    }).detach();
}

#endif

} // namespace host
