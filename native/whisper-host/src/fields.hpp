// Reads the fields of a request; what is missing has a default, what is wrong is a Failure with bad-message.
#pragma once

#include <string>

#include "messages.hpp"

namespace host {

template <typename T>
T number_field(const Json & message, const char * name, T fallback, double least, double most) {
    if (!message.contains(name)) return fallback;
    const Json & value = message.at(name);
    if (!value.is_number()) throw Failure{code::bad_message, std::string(name) + " must be a number"};
    const double number = value.get<double>();
    if (!(number >= least && number <= most)) throw Failure{code::bad_message, std::string(name) + " is out of range"};
    return static_cast<T>(number);
}

inline bool flag_field(const Json & message, const char * name, bool fallback) {
    if (!message.contains(name)) return fallback;
    if (!message.at(name).is_boolean()) throw Failure{code::bad_message, std::string(name) + " must be true or false"};
    return message.at(name).get<bool>();
}

inline std::string text_field(const Json & message, const char * name, const std::string & fallback) {
    if (!message.contains(name)) return fallback;
    if (!message.at(name).is_string()) throw Failure{code::bad_message, std::string(name) + " must be a string"};
    return message.at(name).get<std::string>();
}

// A field that has to be there.
inline std::string needed_text(const Json & message, const char * name) {
    const std::string text = text_field(message, name, "");
    if (text.empty()) throw Failure{code::bad_message, std::string(name) + " is missing"};
    return text;
}

} // namespace host
