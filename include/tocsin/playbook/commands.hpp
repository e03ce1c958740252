// The commands of playbooks. Their fields stand in src/playbook/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/playbook/playbook_run.hpp>

namespace tocsin::inline v1 {

// By hand; those whose condition holds are started by themselves.
struct start_playbook {
  record_ref record;
  playbook_ref playbook;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Somebody is at it.
struct start_step {
  record_ref record;
  std::uint32_t run = 0;  // none: the one that is followed, if it is one
  std::string step;
  std::string deviate;  // why it is done out of order

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct complete_step {
  record_ref record;
  std::uint32_t run = 0;
  std::string step;
  std::string outcome;  // of a decision
  std::vector<given_evidence> evidence;
  std::string deviate;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct skip_step {
  record_ref record;
  std::uint32_t run = 0;
  std::string step;
  std::string reason;
  std::string outcome;  // that a decision is taken to have

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct stop_playbook {
  record_ref record;
  std::uint32_t run = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
