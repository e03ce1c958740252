// The help: what `--help` and `.help` print.
#pragma once

#include <span>
#include <string_view>

#include <output.hpp>
#include <subcommands.hpp>

namespace shell {

void print_help(output& out);
void print_help(output& out, const subcommand& of);

// The name that was probably meant; empty if none is near.
std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names);
// The subcommand that was probably meant; empty if none is near.
std::string_view nearest_subcommand(std::string_view word);

}  // namespace shell
