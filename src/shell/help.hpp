// The help: what `--help` and `.help` print.
#pragma once

#include <output.hpp>
#include <subcommands.hpp>

namespace shell {

void print_help(output& out);
void print_help(output& out, const subcommand& of);

// The subcommand that was probably meant; empty if none is near.
std::string_view nearest_subcommand(std::string_view word);

}  // namespace shell
