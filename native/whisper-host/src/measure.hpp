// How fast the loaded model is on this machine, whatever its words are.
#pragma once

#include "activity.hpp"
#include "model.hpp"

namespace host {

// Listens to windows of synthetic sound, and writes as many tokens as asked, in one slot of the decoder and in all of them
// at once: what a window takes, and a token of it. Nothing of what it hears is told: the time does not depend on it.
Json measure(Model & model, const Json & request, Activity & activity);

} // namespace host
