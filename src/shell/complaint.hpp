// What failed, as the person at the terminal and the program behind the exit status are told it.
#pragma once

#include <exit_status.hpp>
#include <tocsin.hpp>

namespace shell {

// The message on standard error, and under it the reason and the detail.
void complain_of(const tocsin::client::failure& failure);

exit_status exit_status_of(const tocsin::client::failure& failure);

// Is it a failure after which nothing more can be asked of the desk?
bool is_fatal(const tocsin::client::failure& failure);

}  // namespace shell
