// Which language is spoken.
#pragma once

#include "activity.hpp"
#include "messages.hpp"
#include "model.hpp"

namespace host {

// Listens to every stretch of a request by itself; returns the "language" message. Throws Failure.
Json detect_language(Model & model, const Json & request, Activity & activity);

} // namespace host
