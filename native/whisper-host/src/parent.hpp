// A host without a parent is an orphan that eats the processor: it ends itself.
#pragma once

namespace host {

// Starts a thread that ends this process as soon as the process that started it has gone.
void watch_parent();

} // namespace host
